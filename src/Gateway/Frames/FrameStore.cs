using EvCharge.History;
using EvCharge.History.Frames;

namespace EvCharge.Gateway.Frames;

/// <summary>
/// Stores entries in the background, in batches, in the order they came. What cannot be written while the database is away is
/// dropped and counted.
/// </summary>
internal sealed partial class FrameStore(
    FrameQueue queue, FrameLog history, FrameInstruments instruments, TimeProvider time, ILogger<FrameStore> logger)
    : BackgroundService
{
    private const int Batch = 250;

    /// <summary>Entries gather for a moment: one commit for many costs the sessions beside it less.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes no more, and stores what has gathered.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<ChargerFrame>(Batch);
        while (await queue.Wait())
        {
            while (batch.Count < Batch && queue.TryTake(out var entry))
            {
                batch.Add(entry);
            }

            await Store(batch);
            batch.Clear();
            if (queue.Count < Batch && !stoppingToken.IsCancellationRequested)
            {
                await Task.WhenAny(queue.Drained, Task.Delay(Gathering, time, stoppingToken));
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
