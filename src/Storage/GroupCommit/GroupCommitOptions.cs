namespace EvCharge.Storage.GroupCommit;

/// <summary>Bounds of what may wait for a writer. Beyond them a write fails at once.</summary>
public sealed class GroupCommitOptions
{
    /// <summary>Rows that may wait. Default 20,000.</summary>
    public int QueueRows { get; set; } = 20_000;

    /// <summary>Bytes that may wait. Default 32 MiB.</summary>
    public long QueueBytes { get; set; } = 32 * 1024 * 1024;
}
