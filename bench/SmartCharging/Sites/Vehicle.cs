using System.IO.Hashing;
using System.Text;
using EvCharge.Domain.Allocation;

namespace EvCharge.SmartCharging.Sites;

/// <summary>
/// The vehicle of a session. Which one it is follows from the session's id: 45 % on one phase with 32 A, 15 % hybrids on one
/// phase with 16 A, 35 % on three phases with 16 A, 5 % with 32 A. Six of ten fill up, and take less and less before that.
/// </summary>
internal sealed class Vehicle
{
    public const double Voltage = 230;
    private readonly double _taper;
    private readonly double _least;

    public Vehicle(RealSession session)
    {
        Session = session;
        var (kind, phase, fills) = Draw(session.Id);
        var (phases, most, battery, start, least) = kind switch
        {
            < 0.45 => (1, 32.0, 60.0, 0.97, 0.20),
            < 0.60 => (1, 16.0, 12.0, 0.90, 0.25),
            < 0.95 => (3, 16.0, 65.0, 0.97, 0.20),
            _ => (3, 32.0, 52.0, 0.97, 0.20),
        };
        Phases = phases == 3 ? Phases.All : (Phases)(1 << phase);
        (Conductors, Most, Wants) = (phases, most, session.EnergyKwh);
        (_taper, _least) = fills < 0.6 ? (battery * (1 - start), least) : (0, 1);
        Demand = Uncontrolled();
        Reset();
    }

    public RealSession Session { get; }

    public Phases Phases { get; }

    public int Conductors { get; }

    public double Most { get; }

    /// <summary>The energy that fills it, in kWh.</summary>
    public double Wants { get; }

    /// <summary>What it would take in its stay if nothing limited it, in kWh.</summary>
    public double Demand { get; }

    public double Taken { get; private set; }

    /// <summary>What it is limited to, in A.</summary>
    public double Limit { get; set; }

    public int Messages { get; set; }

    /// <summary>What it draws now, in A on each of its phases.</summary>
    public double Current => Limit < 6 ? 0 : Math.Min(Limit, Appetite);

    /// <summary>What it would draw if nothing limited it.</summary>
    public double Appetite
    {
        get
        {
            var left = Wants - Taken;
            return left <= 0 ? 0 : left < _taper ? Math.Max(Most * (_least + ((1 - _least) * left / _taper)), 6) : Most;
        }
    }

    public bool IsThere(DateTimeOffset now) => Session.Arrival <= now && now < Session.Departure;

    public void Reset() => (Taken, Limit, Messages) = (0, 0, 0);

    public void Charge(TimeSpan time) => Taken += Conductors * Voltage * Current * time.TotalHours / 1_000;

    private double Uncontrolled()
    {
        Limit = Most;
        var step = TimeSpan.FromSeconds(SiteRun.StepSeconds);
        for (var now = Session.Arrival; now < Session.Departure; now += step)
        {
            Charge(step);
        }

        return Taken;
    }

    private static (double Kind, int Phase, double Fills) Draw(string id)
    {
        var hash = XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(id), seed: 1);
        return ((hash & 0xFFFF) / 65_536.0, (int)(hash >> 16 & 0xFFFF) % 3, (hash >> 32 & 0xFFFF) / 65_536.0);
    }
}
