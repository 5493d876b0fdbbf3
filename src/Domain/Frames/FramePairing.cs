namespace EvCharge.Domain.Frames;

/// <summary>Calls and their answers in a stretch of one charger's log.</summary>
public static class FramePairing
{
    /// <summary>The entries, with each call that is answered among them knowing its answer.</summary>
    public static IReadOnlyList<LoggedFrame> Settle(IReadOnlyList<LoggedFrame> frames)
    {
        var answers = new Dictionary<(long Connection, int Call), LoggedFrame>();
        foreach (var frame in frames)
        {
            if (frame is { Kind: not LoggedKind.Call, PairedWith: { } call })
            {
                answers[(frame.Connection, call)] = frame;
            }
        }

        return answers.Count == 0 ? frames : [.. frames.Select(frame =>
            frame.Kind == LoggedKind.Call && answers.TryGetValue((frame.Connection, frame.Number), out var answer)
                ? Answered(frame, answer)
                : frame)];
    }

    private static LoggedFrame Answered(LoggedFrame call, LoggedFrame answer) => call with
    {
        Status = answer.Status == FrameStatus.Unsent ? FrameStatus.Unanswered : answer.Status,
        PairedWith = answer.Number,
        LatencyMs = answer.LatencyMs,
    };
}
