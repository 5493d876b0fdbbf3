using System.Threading.Channels;
using EvCharge.Domain.Identity;
using EvCharge.History.Chargers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EvCharge.History.Audit;

/// <summary>
/// Operator events of a gateway. They may be caused by strangers, so they never block: a bounded queue drops what is too
/// much and says how much that was.
/// </summary>
public sealed partial class EventLog(ChargerLog history, TimeProvider time, ILogger<EventLog> logger) : BackgroundService
{
    private const int Capacity = 1_000;
    private const int MaxDetail = 500;
    private readonly Channel<(TenantId Tenant, EventRecord Event)> _queue =
        Channel.CreateBounded<(TenantId, EventRecord)>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private long _dropped;

    /// <param name="kind">Kebab-case.</param>
    /// <param name="detail">One sentence; cut to 500 characters.</param>
    public void Record(TenantId tenant, string kind, string? charger, string detail)
    {
        var text = detail.Length <= MaxDetail ? detail : detail[..MaxDetail];
        if (!_queue.Writer.TryWrite((tenant, new EventRecord(time.GetUtcNow(), kind, charger, text))))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var (tenant, entry) in _queue.Reader.ReadAllAsync(stoppingToken))
            {
                await Write(tenant, entry);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task Write(TenantId tenant, EventRecord entry)
    {
        try
        {
            await history.RecordEvent(tenant, entry);
        }
        catch (HistoryUnavailableException unavailable)
        {
            LogLost(logger, entry.Kind, unavailable.Message);
        }

        if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
        {
            LogDropped(logger, dropped);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {Kind} was not stored: {Reason}")]
    private static partial void LogLost(ILogger logger, string kind, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} operator events came faster than they could be stored and were dropped")]
    private static partial void LogDropped(ILogger logger, long count);
}
