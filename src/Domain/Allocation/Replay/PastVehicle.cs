using EvCharge.Domain.Allocation.Sites;

namespace EvCharge.Domain.Allocation.Replay;

/// <summary>A vehicle in a replay: takes what it may, up to what its connector carries, until it has what it took in truth.</summary>
internal sealed class PastVehicle(PastSession session, PlacedConnector placed)
{
    public PastSession Session => session;

    public PlacedConnector Placed => placed;

    /// <summary>What it is limited to, in A.</summary>
    public double Limit { get; set; }

    public double TakenWh { get; private set; }

    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>What it would draw if nothing limited it, in A.</summary>
    public double Appetite => DoneAt is null ? placed.Settings.Most : 0;

    /// <summary>What it draws, in A on each loaded phase.</summary>
    public double Current => Limit < placed.Settings.Minimum ? 0 : Math.Min(Limit, Appetite);

    /// <returns>Whether it has all it wanted since now.</returns>
    public bool Charge(TimeSpan time, DateTimeOffset now)
    {
        TakenWh = Math.Min(session.EnergyWh, TakenWh + (Current * placed.WattsPerAmpere * time.TotalHours));
        if (DoneAt is not null || TakenWh < session.EnergyWh)
        {
            return false;
        }
        DoneAt = now + time;
        return true;
    }

    public ReplayedSession Outcome() => new(
        session.Transaction, session.Charger, session.Connector, session.EnergyWh, TakenWh, DoneAt);
}
