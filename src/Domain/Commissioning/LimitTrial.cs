using EvCharge.Domain.Metering;

namespace EvCharge.Domain.Commissioning;

/// <summary>Whether a vehicle is measured to keep to a limit in A per phase.</summary>
public static class LimitTrial
{
    /// <summary>What a vehicle's regulation and a charger's meter may be off (IEC 61851-1 takes 10 %, the rest is for small limits).</summary>
    private const double Factor = 1.1;
    private const double Allowance = 0.5;
    private const double Volts = 230;

    /// <summary>The current of the phase that draws the most, A; null when nothing tells it.</summary>
    /// <remarks>Where only a power is measured it is taken to flow evenly on three phases: no more is known of it.</remarks>
    public static double? Drawn(MeterSummary measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        if (measured.CurrentA.OfType<double>().ToArray() is { Length: > 0 } currents)
        {
            return currents.Max();
        }

        return measured.PowerW / (3 * Volts);
    }

    public static bool Keeps(double drawn, double limit) => drawn <= (limit * Factor) + Allowance;
}
