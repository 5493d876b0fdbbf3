namespace EvCharge.ChargerSimulator.Vehicles;

/// <summary>A vehicle on AC: what it draws depends on its on-board charger, the offered current and its state of charge.</summary>
/// <param name="batteryKwh">Usable battery energy, kWh.</param>
/// <param name="soc">State of charge on arrival, 0-100 %.</param>
/// <param name="maxCurrent">Limit of the on-board charger, A per phase.</param>
/// <param name="phases">Phases the on-board charger uses: 1 or 3.</param>
public sealed class ElectricVehicle(double batteryKwh, double soc, double maxCurrent, int phases)
{
    /// <summary>IEC 61851-1: a control pilot cannot offer less than 6 A; below that a vehicle draws nothing.</summary>
    public const double LeastCurrent = 6;

    private const double TaperFrom = 80;
    private double _storedWh = batteryKwh * 1000 * soc / 100;

    public int Phases { get; } = phases is 1 or 3 ? phases : throw new ArgumentOutOfRangeException(nameof(phases), phases, "1 or 3");

    /// <summary>State of charge, 0-100 %.</summary>
    public double Soc => _storedWh / (batteryKwh * 10);

    /// <summary>Energy until the battery is full, Wh.</summary>
    public double Room => Math.Max(0, batteryKwh * 1000 - _storedWh);

    /// <summary>Current drawn per used phase (A) when <paramref name="offered"/> A are offered; above 80 % it falls towards full.</summary>
    public double Current(double offered)
    {
        if (offered < LeastCurrent || Room <= 0)
            return 0;
        var wish = Soc <= TaperFrom ? maxCurrent : LeastCurrent + (maxCurrent - LeastCurrent) * (100 - Soc) / (100 - TaperFrom);
        return Math.Min(offered, wish);
    }

    /// <summary>Takes up energy (Wh), at most what there is room for; answers what was taken.</summary>
    public double Charge(double energyWh)
    {
        var taken = Math.Min(energyWh, Room);
        _storedWh += taken;
        return taken;
    }

    /// <summary>A vehicle of a usual size, drawn from <paramref name="random"/>: a third of them charge on one phase.</summary>
    public static ElectricVehicle Draw(Random random)
    {
        var single = random.Next(3) == 0;
        var battery = 30 + random.NextDouble() * 60;
        var soc = 10 + random.NextDouble() * 60;
        return new(battery, soc, single ? 32 : 16, single ? 1 : 3);
    }
}
