using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using EvCharge.History.Frames;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Frames;

/// <summary>Entries that wait to be stored, bounded in number and size; what finds no place is dropped and counted.</summary>
internal sealed class FrameQueue(FrameInstruments instruments, IOptions<FrameLogOptions> options)
{
    private readonly Channel<ChargerFrame> _entries = Channel.CreateBounded<ChargerFrame>(
        new BoundedChannelOptions(options.Value.QueueEntries) { SingleReader = true });

    private readonly long _mostBytes = options.Value.QueueMebibytes * 1024L * 1024L;
    private long _bytes;

    public int Count => _entries.Reader.Count;

    /// <summary>Completes when nothing is taken any more and nothing is left.</summary>
    public Task Drained => _entries.Reader.Completion;

    /// <summary>False when the entry was dropped.</summary>
    public bool TryAdd(ChargerFrame entry)
    {
        var length = entry.Frame.Text.Length;
        if (Interlocked.Add(ref _bytes, length) <= _mostBytes && _entries.Writer.TryWrite(entry))
        {
            return true;
        }

        Interlocked.Add(ref _bytes, -length);
        instruments.Dropped(1);
        return false;
    }

    /// <summary>Waits for an entry; false when there will be none any more.</summary>
    public ValueTask<bool> Wait() => _entries.Reader.WaitToReadAsync();

    public bool TryTake([NotNullWhen(true)] out ChargerFrame? entry)
    {
        if (!_entries.Reader.TryRead(out entry))
        {
            return false;
        }

        Interlocked.Add(ref _bytes, -entry.Frame.Text.Length);
        return true;
    }

    /// <summary>Takes no more entries.</summary>
    public void Close() => _entries.Writer.TryComplete();
}
