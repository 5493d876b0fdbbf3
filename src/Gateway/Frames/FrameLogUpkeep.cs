using EvCharge.History;
using EvCharge.History.Frames;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Frames;

/// <summary>Looks again and again who has a frame log; while the database is away, what is known holds.</summary>
internal sealed partial class FrameLogUpkeep(
    FrameBook book, FrameLogModes modes, IOptions<FrameLogOptions> options, TimeProvider time, ILogger<FrameLogUpkeep> logger)
    : BackgroundService
{
    /// <summary>Before the first connection, so that no charger's first words are missing.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Refresh();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.RefreshSeconds), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await Refresh();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task Refresh()
    {
        try
        {
            book.Refresh(await modes.Read());
        }
        catch (HistoryUnavailableException unavailable)
        {
            LogStale(logger, unavailable.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The settings of frame logs are those known so far: {Reason}")]
    private static partial void LogStale(ILogger logger, string reason);
}
