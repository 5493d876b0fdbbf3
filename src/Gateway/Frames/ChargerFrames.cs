using EvCharge.Domain.Frames;
using EvCharge.Domain.Identity;

namespace EvCharge.Gateway.Frames;

/// <summary>The newest entries of one charger in memory, over its connections to this gateway. Safe to use from several threads.</summary>
internal sealed class ChargerFrames(ChargerId charger, FrameBook book)
{
    /// <summary>About what an entry takes beside its text.</summary>
    private const int EntryBytes = 160;

    private readonly Lock _gate = new();
    private readonly Queue<LoggedFrame> _newest = new();
    private long _bytes;
    private int _missed;

    public ChargerId Charger => charger;

    public LogMode Mode => book.ModeOf(charger);

    /// <summary>Timestamp of the end of its last connection; null while there is one.</summary>
    public long? IdleSince { get; set; }

    /// <summary>Takes an entry. Entries of a connection come in their order, which is that of their numbers.</summary>
    public void Add(LoggedFrame frame, LogMode mode)
    {
        lock (_gate)
        {
            _newest.Enqueue(frame);
            _bytes += EntryBytes + frame.Text.Length;
            var share = book.BytesForEach;
            while (_newest.Count > book.EntriesForEach || (_bytes > share && _newest.Count > 1))
            {
                _bytes -= EntryBytes + _newest.Dequeue().Text.Length;
            }

            if (mode == LogMode.Full)
            {
                _missed = book.TryStore(charger, frame with { Missed = _missed }) ? 0 : _missed + 1;
            }
        }
    }

    /// <summary>The newest entries, oldest first, calls paired with their answers.</summary>
    public IReadOnlyList<LoggedFrame> Newest()
    {
        lock (_gate)
        {
            return FramePairing.Settle([.. _newest]);
        }
    }

    /// <summary>Forgets everything: the charger has no log any more.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _newest.Clear();
            _bytes = 0;
        }
    }
}
