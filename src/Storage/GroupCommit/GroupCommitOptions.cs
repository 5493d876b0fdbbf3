namespace EvCharge.Storage.GroupCommit;

/// <summary>Bounds of what may wait for a writer. Beyond them a write fails at once.</summary>
public sealed class GroupCommitOptions
{
    /// <summary>Rows that may wait. Default 20,000.</summary>
    public int QueueRows { get; set; } = 20_000;

    /// <summary>Bytes that may wait. Default 32 MiB.</summary>
    public long QueueBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>
    /// Rows after which a batch takes no more: what a commit costs is shared by then, and what it locks is held for as long
    /// as the batch takes. Default 2,000.
    /// </summary>
    public int BatchRows { get; set; } = 2_000;

    /// <summary>How long a write waits for a database that cannot be reached before it fails. Default 20 s.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(20);
}
