namespace EvCharge.Domain.Metering;

/// <summary>What a sample says of one measurand: for all phases together, and for each of them. Null is what it does not carry.</summary>
public readonly record struct PhasedValue(double? Whole, double? L1, double? L2, double? L3)
{
    /// <summary>The unphased value, else the sum of the phases.</summary>
    public double? Total => Whole ?? (L1 is null && L2 is null && L3 is null ? null : (L1 ?? 0) + (L2 ?? 0) + (L3 ?? 0));

    /// <summary>The last value of each phase (L1, or L1-N as chargers write voltages). The outlet wins over inlet, body and cable.</summary>
    public static PhasedValue Of(ImmutableArray<Reading> readings, string measurand)
    {
        var (found, ofOutlet) = (default(PhasedValue), false);
        foreach (var reading in readings)
        {
            if (reading.Value is null || reading.Measurand != measurand)
            {
                continue;
            }

            var isOutlet = reading.Location == "Outlet";
            if (isOutlet && !ofOutlet)
            {
                (found, ofOutlet) = (default, true);
            }

            if (isOutlet == ofOutlet)
            {
                found = found.With(reading.Phase, reading.Value);
            }
        }

        return found;
    }

    /// <summary>By phase, L1 to L3. A single-phase charger reports the value without a phase; it flows on L1.</summary>
    public double? OnPhase(int index) => index switch
    {
        0 => L1 is null && L2 is null && L3 is null ? Whole : L1,
        1 => L2,
        _ => L3,
    };

    private PhasedValue With(string? phase, double? value) => phase switch
    {
        null => this with { Whole = value },
        "L1" or "L1-N" => this with { L1 = value },
        "L2" or "L2-N" => this with { L2 = value },
        "L3" or "L3-N" => this with { L3 = value },
        _ => this,
    };
}
