using System.ComponentModel.DataAnnotations;

namespace EvCharge.Grains.Sites.Allocation;

/// <summary>Section <c>Allocation</c>: how sites give limits to their chargers.</summary>
public sealed class AllocationOptions
{
    public const string Section = "Allocation";

    /// <summary>How long a limit may wait behind other messages of its charger before it is decided anew. Default 30 s.</summary>
    [Range(1, 600)]
    public int OrderExpirySeconds { get; set; } = 30;

    /// <summary>Least time between two decisions that reports of chargers ask for. Default 100 ms.</summary>
    [Range(0, 10_000)]
    public int GatherMilliseconds { get; set; } = 100;

    /// <summary>How long the limits that chargers took and the load of sites are kept. Default 90 days.</summary>
    [Range(1, 3650)]
    public int HistoryDays { get; set; } = 90;
}
