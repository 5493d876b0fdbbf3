namespace EvCharge.History.Mirror;

/// <summary>How the mirror stands.</summary>
/// <param name="Configured">There is one.</param>
/// <param name="TransactionsBehind">Transactions that changed since it had them.</param>
/// <param name="FramesBehind">Frames of meter values that it has not got.</param>
/// <param name="UpToDateAt">When it last had everything; null before the first time in this process.</param>
/// <param name="Refused">Rows that its database refused, in this process; they are named in the log.</param>
/// <param name="Fault">Why it cannot be written now; null when it can.</param>
public sealed record MirrorStatus(
    bool Configured, long TransactionsBehind, long FramesBehind, DateTimeOffset? UpToDateAt, long Refused, string? Fault)
{
    public static readonly MirrorStatus None = new(false, 0, 0, null, 0, null);
}
