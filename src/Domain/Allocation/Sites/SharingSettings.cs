namespace EvCharge.Domain.Allocation.Sites;

/// <summary>How a site shares, as it is configured. A member that is null keeps its default.</summary>
/// <param name="Enabled">The site gives its chargers limits.</param>
/// <param name="DeadBand">In the site's unit, as are <paramref name="Hysteresis"/> and <paramref name="LaunchEnergy"/>.</param>
/// <param name="PriorityMode">strict or weighted.</param>
/// <param name="Trust">optimistic or strict.</param>
public sealed record SharingSettings(
    bool Enabled = false,
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
    private static readonly ChangePolicy Changes = new();
    private static readonly DemandPolicy Demands = new();

    /// <summary>Between two decisions that nothing hurries.</summary>
    public TimeSpan Tick => TimeSpan.FromSeconds(TickSeconds ?? 10);

    public AllocationPolicy Sharing => new(Strict: PriorityMode != "weighted");

    /// <param name="volts">By which a difference in W counts as one in A; 1 where the site's unit is A.</param>
    public ControlPolicy Control(double volts) => new()
    {
        Demand = Demands with { Settle = Seconds(SettleSeconds, Demands.Settle) },
        Changes = new ChangePolicy
        {
            DeadBand = DeadBand / volts ?? Changes.DeadBand,
            Hysteresis = Hysteresis / volts ?? Changes.Hysteresis,
            IncreaseInterval = Seconds(IncreaseIntervalSeconds, Changes.IncreaseInterval),
            MinimumOn = Seconds(MinOnSeconds, Changes.MinimumOn),
            MinimumOff = Seconds(MinOffSeconds, Changes.MinimumOff),
            Turn = Seconds(SlotSeconds, Changes.Turn),
        },
        Trust = new TrustPolicy { Strict = Trust == "strict" },
    };

    private static TimeSpan Seconds(double? seconds, TimeSpan otherwise) => seconds is { } set ? TimeSpan.FromSeconds(set) : otherwise;
}
