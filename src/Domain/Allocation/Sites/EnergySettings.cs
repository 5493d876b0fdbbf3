namespace EvCharge.Domain.Allocation.Sites;

/// <summary>What is configured of a connector for the allocation, or of a charger for all of its connectors. Null says nothing.</summary>
/// <param name="MaxCurrent">In A on each phase.</param>
/// <param name="MaxPower">In W.</param>
/// <param name="Phases">How many are connected.</param>
/// <param name="Rotation">OCPP 1.6 §9.1.14.</param>
/// <param name="Current">AC or DC.</param>
/// <param name="LaunchEnergy">In the site's unit, as are <paramref name="DeadBand"/> and <paramref name="Hysteresis"/>.</param>
/// <param name="IncreaseIntervalSeconds">Between two increases.</param>
public record EnergySettings(
    double? MaxCurrent = null,
    double? MaxPower = null,
    int? Phases = null,
    string? Rotation = null,
    string? Current = null,
    int? Priority = null,
    double? LaunchEnergy = null,
    bool? HoldMinimum = null,
    double? DeadBand = null,
    double? Hysteresis = null,
    double? IncreaseIntervalSeconds = null)
{
    /// <summary>Of the connector what it says itself, of the rest what its charger says.</summary>
    public EnergySettings Over(EnergySettings charger) => new(
        MaxCurrent ?? charger.MaxCurrent,
        MaxPower ?? charger.MaxPower,
        Phases ?? charger.Phases,
        Rotation ?? charger.Rotation,
        Current ?? charger.Current,
        Priority ?? charger.Priority,
        LaunchEnergy ?? charger.LaunchEnergy,
        HoldMinimum ?? charger.HoldMinimum,
        DeadBand ?? charger.DeadBand,
        Hysteresis ?? charger.Hysteresis,
        IncreaseIntervalSeconds ?? charger.IncreaseIntervalSeconds);
}

/// <summary>A charger of the site.</summary>
/// <param name="Sharing">Independent, Shared (all of it stays below its maximum) or Exclusive (one connector at a time); null for the first.</param>
/// <param name="Connectors">By number.</param>
public sealed record ChargerEnergy(
    string Charger, EnergySettings Settings, string? Sharing, IReadOnlyDictionary<int, EnergySettings> Connectors);
