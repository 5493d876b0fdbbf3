using System.Threading.Channels;
using EvCharge.History;
using EvCharge.History.Frames;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Frames;

/// <summary>
/// Stores entries in the background, in batches, in the order they came. The queue is bounded in number and size; what finds
/// no place, or cannot be written while the database is away, is dropped and counted.
/// </summary>
internal sealed partial class FrameStore(
    FrameLog history, FrameInstruments instruments, IOptions<FrameLogOptions> options, TimeProvider time, ILogger<FrameStore> logger)
    : BackgroundService
{
    private const int Batch = 250;

    /// <summary>Entries gather for a moment: one commit for many costs the sessions beside it less.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);

    private readonly Channel<ChargerFrame> _queue = Channel.CreateBounded<ChargerFrame>(
        new BoundedChannelOptions(options.Value.QueueEntries) { SingleReader = true });

    private readonly long _mostBytes = options.Value.QueueMebibytes * 1024L * 1024L;
    private long _bytes;

    /// <summary>False when the entry was dropped.</summary>
    public bool TryAdd(ChargerFrame entry)
    {
        var length = entry.Frame.Text.Length;
        if (Interlocked.Add(ref _bytes, length) <= _mostBytes && _queue.Writer.TryWrite(entry))
        {
            return true;
        }

        Interlocked.Add(ref _bytes, -length);
        instruments.Dropped(1);
        return false;
    }

    /// <summary>Takes no more, and stores what has gathered.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<ChargerFrame>(Batch);
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < Batch && _queue.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
                Interlocked.Add(ref _bytes, -entry.Frame.Text.Length);
            }

            await Store(batch);
            batch.Clear();
            if (_queue.Reader.Count < Batch && !stoppingToken.IsCancellationRequested)
            {
                await Task.WhenAny(_queue.Reader.Completion, Task.Delay(Gathering, time, stoppingToken));
            }
        }
    }

    private async Task Store(List<ChargerFrame> batch)
    {
        try
        {
            await history.Append(batch);
        }
        catch (HistoryUnavailableException unavailable)
        {
            instruments.Dropped(batch.Count);
            LogDropped(logger, batch.Count, unavailable.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} entries of frame logs were not stored: {Reason}")]
    private static partial void LogDropped(ILogger logger, int count, string reason);
}
