using EvCharge.Contracts.Chargers;
using EvCharge.Contracts.Frames;
using EvCharge.Domain.Frames;
using EvCharge.Domain.Identity;
using EvCharge.History.Frames;
using EvCharge.Ocpp;

namespace EvCharge.Grains.Frames;

/// <summary>A call of the charger that a silo has answered with a CALLRESULT.</summary>
/// <param name="Call">As the silo received it.</param>
/// <param name="Answer">Payload of the CALLRESULT.</param>
internal sealed record AnsweredCall(string OcppVersion, OcppFrame Call, ReadOnlyMemory<byte> Answer);

/// <summary>A stretch of a charger's log without a gap.</summary>
/// <param name="Calls">
/// In the order in which they were served. A call answered with a CALLERROR changed nothing; one without an answer was never
/// acknowledged; one that got the answer of an earlier one was not served again. None of them is here.
/// </param>
/// <param name="ServedBefore">When the last call was served whose answer is in the stretch but not itself; null without one.</param>
internal sealed record LoggedStretch(
    IReadOnlyList<LoggedFrame> Entries, IReadOnlyList<AnsweredCall> Calls, DateTimeOffset? ServedBefore)
{
    /// <summary>Entries that are replayed at a time.</summary>
    public const int MostEntries = 100_000;

    private const int Page = 1_000;

    /// <summary>Reads the stretch, or says why it cannot be replayed.</summary>
    public static async Task<(LoggedStretch? Stretch, ReplayRefusal? Refusal)> Read(
        FrameLog log, ChargerId charger, DateTimeOffset? from, DateTimeOffset? to)
    {
        var entries = new List<LoggedFrame>();
        IReadOnlyList<LoggedFrame> page;
        do
        {
            var after = entries.Count == 0 ? null : FrameCursor.Of(entries[^1]);
            page = await log.ListForward(charger, new FrameFilter(from, to), after, Page);
            entries.AddRange(page);
            if (entries.Count > MostEntries)
            {
                return (null, new ReplayRefusal(ReplayRefusalKind.TooLong, $"The stretch holds more than {MostEntries} entries."));
            }
        }
        while (page.Count == Page);

        // Moments come from the clocks of several gateways; connections and numbers tell what was first.
        entries.Sort(static (one, other) => (one.Connection, one.Number).CompareTo((other.Connection, other.Number)));
        var refusal = entries.Count == 0
            ? new ReplayRefusal(ReplayRefusalKind.Empty, "Nothing is logged in the stretch.")
            : Gap(entries) is { } gap ? new ReplayRefusal(ReplayRefusalKind.Gap, gap) : null;
        if (refusal is not null)
        {
            return (null, refusal);
        }

        // The answer of the last call may lie behind the end of the stretch.
        var behind = to is null ? [] : await log.ListForward(charger, new FrameFilter(From: to, Direction: FrameDirection.Out), null, Page);
        return (new LoggedStretch(entries, Answered(entries, behind), ServedBeforeOf(entries)), null);
    }

    /// <summary>Says where entries are missing, or null where none are.</summary>
    private static string? Gap(List<LoggedFrame> entries)
    {
        for (var at = 0; at < entries.Count; at++)
        {
            var entry = entries[at];
            var before = at == 0 ? null : entries[at - 1];
            if (entry.Missed > 0 && before is not null)
            {
                return $"{entry.Missed} entries are missing before number {entry.Number} of connection {entry.Connection}.";
            }

            if (before is null)
            {
                continue;
            }

            if (before.Connection == entry.Connection && entry.Number != before.Number + 1)
            {
                return $"Of connection {entry.Connection} number {before.Number} is followed by {entry.Number}.";
            }

            if (before.Connection != entry.Connection && before.Kind != LoggedKind.Closed)
            {
                return $"Connection {before.Connection} has no end: its last entry is number {before.Number}.";
            }

            if (before.Connection != entry.Connection && entry.Number != 1)
            {
                return $"Connection {entry.Connection} has no beginning: its first entry is number {entry.Number}.";
            }
        }

        return null;
    }

    private static DateTimeOffset? ServedBeforeOf(List<LoggedFrame> entries)
    {
        var first = entries[0];
        return entries
            .Where(entry => entry.Connection == first.Connection && entry.Direction == FrameDirection.Out && entry.PairedWith < first.Number)
            .Max(entry => entry.ProcessedAt);
    }

    private static List<AnsweredCall> Answered(List<LoggedFrame> entries, IReadOnlyList<LoggedFrame> behind)
    {
        var answers = entries.Concat(behind)
            .Where(entry => entry is { Direction: FrameDirection.Out, Kind: LoggedKind.CallResult, PairedWith: not null, ProcessedAt: not null })
            .DistinctBy(entry => (entry.Connection, entry.PairedWith))
            .ToDictionary(entry => (entry.Connection, entry.PairedWith!.Value));
        var served = new HashSet<(string MessageId, DateTimeOffset At)>();
        var calls = new List<AnsweredCall>();
        var version = OcppVersion.V16;
        foreach (var entry in entries)
        {
            if (entry.Kind == LoggedKind.Opened)
            {
                version = entry.Action;
            }
            else if (entry is { Direction: FrameDirection.In, Kind: LoggedKind.Call }
                && answers.TryGetValue((entry.Connection, entry.Number), out var answer)
                && served.Add((entry.MessageId, answer.ProcessedAt!.Value)))
            {
                calls.Add(new AnsweredCall(version, Frame(entry, answer.ProcessedAt.Value), FrameReader.Read(answer.Text).Frame.Payload));
            }
        }

        return calls;
    }

    private static OcppFrame Frame(LoggedFrame entry, DateTimeOffset receivedAt)
    {
        var frame = FrameReader.Read(entry.Text).Frame;
        return new OcppFrame(OcppFrame.Call, frame.MessageId, frame.Action, frame.Payload, "", "", receivedAt);
    }
}
