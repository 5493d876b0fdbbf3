using EvCharge.Storage;

namespace EvCharge.History.Mirror;

/// <summary>Section <c>Mirror</c>: the copy of transactions and meter values that an embedded history keeps in a server's database.</summary>
public sealed class MirrorOptions
{
    public const string Section = "Mirror";

    /// <summary>The server's database, or null for no mirror. Set by EVCHARGE_MIRROR_DB and EVCHARGE_MIRROR_CONNECTION.</summary>
    public DatabaseLocation? Database { get; set; }

    /// <summary>How often the mirror is brought up to date. Default 5 s, 1 to 3,600.</summary>
    public int IntervalSeconds { get; set; } = 5;

    /// <summary>How long it is left alone after it could not be reached. Default 15 s, 1 to 3,600.</summary>
    public int RetrySeconds { get; set; } = 15;
}
