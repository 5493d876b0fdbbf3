using System.Text;
using System.Threading.Channels;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Frames;
using EvCharge.Ocpp;

namespace EvCharge.Gateway.Frames;

/// <summary>
/// The log of one connection: numbers its entries and pairs calls with answers. The reader, the worker and the grain's calls
/// come here at the same time; each holds the lock for the time of a few memory writes. Where a charger has no log, the
/// numbers go on, so that the gap shows.
/// </summary>
internal sealed class ConnectionLog(ChargerFrames charger, TimeProvider time)
{
    /// <summary>Calls to the charger whose answers are waited for, the newest.</summary>
    private const int MostOpenCalls = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LoggedFrame> _openCalls = new(StringComparer.Ordinal);
    private readonly Queue<string> _openInOrder = new();
    private List<LoggedFrame>? _early = [];
    private long _connection;

    /// <summary>The opening is number 1, also when the grain was faster and sent a call before.</summary>
    private int _last = 1;

    public void Opened(Epoch epoch, string ocppVersion, string remoteAddress)
    {
        lock (_gate)
        {
            _connection = epoch.Value;
            var mode = charger.Mode;
            if (mode != LogMode.Off)
            {
                charger.Add(Event(1, LoggedKind.Opened, ocppVersion, remoteAddress), mode);
                foreach (var early in _early!)
                {
                    charger.Add(early with { Connection = _connection }, mode);
                }
            }

            _early = null;
        }
    }

    /// <summary>The number of the entry, by which its answer is paired with it; 0 where there is no log.</summary>
    public int Received(Frame frame, ReadOnlyMemory<byte> text, DateTimeOffset at)
    {
        lock (_gate)
        {
            var number = ++_last;
            var mode = charger.Mode;
            if (mode == LogMode.Off)
            {
                return 0;
            }

            if (frame.Kind == FrameKind.Call)
            {
                Add(Entry(number, at, FrameDirection.In, LoggedKind.Call, frame.MessageId, frame.Action, text, FrameStatus.Unanswered), mode);
                return number;
            }

            var failed = frame.Kind == FrameKind.CallError;
            var call = TakeOpenCall(frame.MessageId);
            var answer = Entry(
                number, at, FrameDirection.In, failed ? LoggedKind.CallError : LoggedKind.CallResult, frame.MessageId, call?.Action ?? "",
                text, call is null ? FrameStatus.Unmatched : Outcome(failed));
            Add(call is null ? answer : answer with { PairedWith = call.Number, LatencyMs = Between(call.At, at) }, mode);
            return number;
        }
    }

    /// <summary>What is no message; its number as in <see cref="Received"/>.</summary>
    /// <param name="messageId">Null when none can be told.</param>
    public int Unreadable(string? messageId, ReadOnlyMemory<byte> text)
    {
        lock (_gate)
        {
            var number = ++_last;
            var mode = charger.Mode;
            if (mode == LogMode.Off)
            {
                return 0;
            }

            var call = messageId is null ? null : TakeOpenCall(messageId);
            Add(Entry(
                number, time.GetUtcNow(), FrameDirection.In, LoggedKind.Unreadable, messageId ?? "", call?.Action ?? "", text,
                FrameStatus.None), mode);
            return number;
        }
    }

    /// <summary>Sends an answer to the charger and logs it, both before anything that the charger says after it can be logged.</summary>
    /// <param name="callNumber">What <see cref="Received"/> said of the call; 0 when it was not logged.</param>
    /// <param name="processedAt">When the silo received the call; null when no silo answered it.</param>
    /// <returns>False when the connection could not take it.</returns>
    public bool Answer(
        int callNumber, DateTimeOffset callAt, string messageId, string action, bool failed, byte[] text, DateTimeOffset? processedAt,
        ChannelWriter<byte[]> to)
    {
        lock (_gate)
        {
            var sent = to.TryWrite(text);
            var number = ++_last;
            var mode = charger.Mode;
            if (mode == LogMode.Off)
            {
                return sent;
            }

            var at = time.GetUtcNow();
            var answer = Entry(
                number, at, FrameDirection.Out, failed ? LoggedKind.CallError : LoggedKind.CallResult, messageId, action, text,
                sent ? Outcome(failed) : FrameStatus.Unsent);
            Add(answer with
            {
                PairedWith = callNumber == 0 ? null : callNumber,
                LatencyMs = Between(callAt, at),
                ProcessedAt = processedAt,
            }, mode);
            return sent;
        }
    }

    /// <summary>
    /// Sends a call to the charger and logs it, both before its answer can be logged: what a charger answers to is known by then, and with
    /// it what of the answer is secret.
    /// </summary>
    /// <param name="send">Puts it on its way without waiting; false when the connection cannot take it.</param>
    /// <returns>What <paramref name="send"/> returned.</returns>
    public bool Call(OcppFrame call, ReadOnlyMemory<byte> text, Func<bool> send)
    {
        lock (_gate)
        {
            var sent = send();
            var number = ++_last;
            var mode = charger.Mode;
            if (mode == LogMode.Off)
            {
                return sent;
            }

            var entry = Entry(
                number, time.GetUtcNow(), FrameDirection.Out, LoggedKind.Call, call.MessageId, call.Action, text,
                sent ? FrameStatus.Unanswered : FrameStatus.Unsent);
            Add(entry, mode);
            if (sent)
            {
                Await(entry with { Text = default });
            }

            return sent;
        }
    }

    public void Closed(string reason)
    {
        lock (_gate)
        {
            var number = ++_last;
            if (_connection != 0 && charger.Mode is var mode and not LogMode.Off)
            {
                Add(Event(number, LoggedKind.Closed, "", reason), mode);
            }

            charger.IdleSince = time.GetTimestamp();
        }
    }

    private LoggedFrame Entry(
        int number, DateTimeOffset at, FrameDirection direction, LoggedKind kind, string messageId, string action,
        ReadOnlyMemory<byte> text, FrameStatus status)
    {
        var (shown, masked) = FrameMask.Of(action, text);
        return new LoggedFrame(_connection, number, at, direction, kind, messageId, action, shown, status) { Masked = masked };
    }

    private LoggedFrame Event(int number, LoggedKind kind, string action, string text) => new(
        _connection, number, time.GetUtcNow(), FrameDirection.In, kind, "", action, Encoding.UTF8.GetBytes(text), FrameStatus.None);

    private void Add(LoggedFrame entry, LogMode mode)
    {
        if (_early is null)
        {
            charger.Add(entry, mode);
        }
        else if (_early.Count < MostOpenCalls)
        {
            _early.Add(entry);
        }
    }

    private void Await(LoggedFrame call)
    {
        if (_openInOrder.Count == MostOpenCalls)
        {
            _openCalls.Remove(_openInOrder.Dequeue());
        }

        if (_openCalls.TryAdd(call.MessageId, call))
        {
            _openInOrder.Enqueue(call.MessageId);
        }
    }

    /// <summary>Its id stays in the order of the open ones until its turn comes: there are few.</summary>
    private LoggedFrame? TakeOpenCall(string messageId) => _openCalls.Remove(messageId, out var call) ? call : null;

    private static FrameStatus Outcome(bool failed) => failed ? FrameStatus.Failed : FrameStatus.Answered;

    private static int Between(DateTimeOffset from, DateTimeOffset to) =>
        (int)Math.Clamp((to - from).TotalMilliseconds, 0, int.MaxValue);
}
