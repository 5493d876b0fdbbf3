using System.ComponentModel.DataAnnotations;

namespace EvCharge.History.Frames;

/// <summary>
/// Section <c>FrameLog</c>: the log of chargers' messages. Whether a charger has one says its own setting, else its tenant's,
/// else <see cref="Mode"/>.
/// </summary>
public sealed class FrameLogOptions
{
    public const string Section = "FrameLog";

    /// <summary>off, memory or full; auto is full while there are fewer chargers than <see cref="FullBelow"/>, else memory. Default auto.</summary>
    [AllowedValues("auto", "off", "memory", "full")]
    public string Mode { get; set; } = "auto";

    /// <summary>Number of configured chargers, of all tenants, from which auto means memory. Default 200.</summary>
    [Range(0, 1_000_000)]
    public int FullBelow { get; set; } = 200;

    /// <summary>How long a stored entry is kept. Default 14 days.</summary>
    [Range(1, 3_650)]
    public int KeepDays { get; set; } = 14;

    /// <summary>Stored entries of one charger, the newest. Default 50,000.</summary>
    [Range(100, 10_000_000)]
    public int KeepEntries { get; set; } = 50_000;

    /// <summary>Entries of one charger that its gateway holds in memory, the newest. Default 200.</summary>
    [Range(10, 10_000)]
    public int MemoryEntries { get; set; } = 200;

    /// <summary>Memory that a gateway gives to them, shared evenly by its chargers. Default 64 MiB.</summary>
    [Range(1, 4_096)]
    public int MemoryMebibytes { get; set; } = 64;

    /// <summary>Entries that may wait to be stored; what comes beyond is dropped and counted. Default 10,000.</summary>
    [Range(100, 1_000_000)]
    public int QueueEntries { get; set; } = 10_000;

    /// <summary>Memory that waiting entries may take. Default 16 MiB.</summary>
    [Range(1, 1_024)]
    public int QueueMebibytes { get; set; } = 16;

    /// <summary>How often gateways look whether a setting has changed. Default 30 s.</summary>
    [Range(1, 3_600)]
    public int RefreshSeconds { get; set; } = 30;
}
