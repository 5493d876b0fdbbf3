namespace EvCharge.Gateway.Api;

/// <summary>How a site shares its power among its connectors. Members left out keep their defaults.</summary>
/// <param name="Enabled">The site gives its chargers limits, and nobody else does. False by default.</param>
/// <param name="TickSeconds">Seconds between two plans, 1 to 3600.</param>
/// <param name="IncreaseIntervalSeconds">Least seconds between two increases of one connector, 0 to 3600.</param>
/// <param name="MinOnSeconds">Least seconds a vehicle charges before it may be paused, 0 to 86400.</param>
/// <param name="MinOffSeconds">Least seconds of a pause, 0 to 86400.</param>
/// <param name="SlotSeconds">Length of a turn when not all can charge at once, 0 to 86400.</param>
/// <param name="SettleSeconds">Seconds from a new limit until measurements count again, 0 to 3600.</param>
/// <param name="DeadBand">Least change that is sent, in the site's unit.</param>
/// <param name="Hysteresis">What a change of direction needs on top, in the site's unit.</param>
/// <param name="LaunchEnergy">What a connector gets when a vehicle arrives, in the site's unit.</param>
/// <param name="PriorityMode">strict or weighted.</param>
/// <param name="Trust">optimistic or strict.</param>
public sealed record SmartCharging(
    bool? Enabled = null,
    double? TickSeconds = null,
    double? IncreaseIntervalSeconds = null,
    double? MinOnSeconds = null,
    double? MinOffSeconds = null,
    double? SlotSeconds = null,
    double? SettleSeconds = null,
    double? DeadBand = null,
    double? Hysteresis = null,
    double? LaunchEnergy = null,
    string? PriorityMode = null,
    string? Trust = null)
{
    private static readonly string[] PriorityModes = ["strict", "weighted"];
    private static readonly string[] Trusts = ["optimistic", "strict"];

    internal void Check(Checks checks, string path) => checks
        .Range(TickSeconds, $"{path}.tickSeconds", 1, 3600)
        .Range(IncreaseIntervalSeconds, $"{path}.increaseIntervalSeconds", 0, 3600)
        .Range(MinOnSeconds, $"{path}.minOnSeconds", 0, 86_400)
        .Range(MinOffSeconds, $"{path}.minOffSeconds", 0, 86_400)
        .Range(SlotSeconds, $"{path}.slotSeconds", 0, 86_400)
        .Range(SettleSeconds, $"{path}.settleSeconds", 0, 3600)
        .Range(DeadBand, $"{path}.deadBand", 0, 1_000_000)
        .Range(Hysteresis, $"{path}.hysteresis", 0, 1_000_000)
        .Range(LaunchEnergy, $"{path}.launchEnergy", 0, 10_000_000)
        .OneOf(PriorityMode, $"{path}.priorityMode", PriorityModes)
        .OneOf(Trust, $"{path}.trust", Trusts);
}
