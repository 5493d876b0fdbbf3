using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EvCharge.History.Tenants;

/// <summary>
/// Deletes what happened longer ago than a tenant's quota keeps it, once an hour: ended transactions with their samples,
/// commands, questions about tags, events and statuses. Several processes may do so side by side.
/// </summary>
public sealed partial class HistoryRetention(HistoryEngine engine, TimeProvider time, ILogger<HistoryRetention> logger) : BackgroundService
{
    private const int Piece = 500;
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <summary>Each deletes some of what is older than the moment, and says whether there may be more.</summary>
    private static readonly Func<HistoryTables, string, DateTimeOffset, bool>[] Parts = [Transactions, Commands, Questions, Events, Alarms, Statuses, Orphans];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                await Clean(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task Clean(CancellationToken stop)
    {
        try
        {
            var limited = await engine.Read(tables => tables.Tenants
                .Where(row => row.HistoryDays != null)
                .Select(row => new { row.TenantId, row.HistoryDays })
                .ToListAsync(stop));
            foreach (var tenant in limited)
            {
                await Clean(new TenantId(tenant.TenantId), time.GetUtcNow() - TimeSpan.FromDays(tenant.HistoryDays!.Value), stop);
            }
        }
        catch (HistoryUnavailableException unavailable)
        {
            LogLater(logger, unavailable.Message);
        }
    }

    private async Task Clean(TenantId tenant, DateTimeOffset before, CancellationToken stop)
    {
        foreach (var part in Parts)
        {
            while (await engine.Write(write => part(write.Tables, tenant.Value, before)))
            {
                stop.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>One that a mirror still waits for stays until it has it.</summary>
    private static bool Transactions(HistoryTables tables, string tenant, DateTimeOffset before)
    {
        var old = tables.Transactions
            .Where(row => row.TenantId == tenant && row.StartedAt < before && row.StoppedAt < before)
            .Where(row => !tables.MirrorOwed.Any(owed => owed.TenantId == tenant && owed.TransactionId == row.Id))
            .OrderBy(row => row.StartedAt)
            .Take(Piece)
            .Select(row => row.Id)
            .ToList();
        tables.MeterFrames.Delete(row => row.TenantId == tenant && old.Contains(row.TransactionId));
        tables.Corrections.Delete(row => row.TenantId == tenant && old.Contains(row.TransactionId));
        return tables.Transactions.Delete(row => row.TenantId == tenant && old.Contains(row.Id)) == Piece;
    }

    /// <summary>Numbers follow time, so that the oldest are the first.</summary>
    private static bool Commands(HistoryTables tables, string tenant, DateTimeOffset before)
    {
        var old = tables.Commands
            .Where(row => row.TenantId == tenant)
            .OrderBy(row => row.Id)
            .Take(Piece)
            .Select(row => new { row.Id, row.RequestedAt, row.ExpiresAt })
            .ToList()
            .Where(row => row.RequestedAt < before && row.ExpiresAt < before)
            .Select(row => row.Id)
            .ToList();
        tables.FollowUps.Delete(row => row.TenantId == tenant && old.Contains(row.CommandId));
        return tables.Commands.Delete(row => row.TenantId == tenant && old.Contains(row.Id)) == Piece;
    }

    /// <inheritdoc cref="Commands"/>
    private static bool Questions(HistoryTables tables, string tenant, DateTimeOffset before)
    {
        var old = tables.AuthorizationRequests
            .Where(row => row.TenantId == tenant)
            .OrderBy(row => row.Id)
            .Take(Piece)
            .Select(row => new { row.Id, row.AskedAt, row.ExpiresAt })
            .ToList()
            .Where(row => row.AskedAt < before && row.ExpiresAt < before)
            .Select(row => row.Id)
            .ToList();
        return tables.AuthorizationRequests.Delete(row => row.TenantId == tenant && old.Contains(row.Id)) == Piece;
    }

    /// <inheritdoc cref="Commands"/>
    private static bool Events(HistoryTables tables, string tenant, DateTimeOffset before)
    {
        var old = tables.Events
            .Where(row => row.TenantId == tenant)
            .OrderBy(row => row.RowId)
            .Take(Piece)
            .Select(row => new { row.RowId, row.At })
            .ToList()
            .Where(row => row.At < before)
            .Select(row => row.RowId)
            .ToList();
        return tables.Events.Delete(row => row.TenantId == tenant && old.Contains(row.RowId)) == Piece;
    }

    /// <summary>Those that somebody has acknowledged.</summary>
    private static bool Alarms(HistoryTables tables, string tenant, DateTimeOffset before)
    {
        var old = tables.Alarms
            .Where(row => row.TenantId == tenant && !row.Open && row.LastAt < before)
            .OrderBy(row => row.Id)
            .Take(Piece)
            .Select(row => row.Id)
            .ToList();
        return tables.Alarms.Delete(row => row.TenantId == tenant && old.Contains(row.Id)) == Piece;
    }

    private static bool Statuses(HistoryTables tables, string tenant, DateTimeOffset before)
    {
        var old = tables.GetTable<StatusHistoryRow>()
            .Where(row => row.TenantId == tenant && row.ReceivedAt < before)
            .Take(Piece)
            .Select(row => row.RowId)
            .ToList();
        return tables.GetTable<StatusHistoryRow>().Delete(row => row.TenantId == tenant && old.Contains(row.RowId)) == Piece;
    }

    private static bool Orphans(HistoryTables tables, string tenant, DateTimeOffset before)
    {
        var old = tables.Orphans
            .Where(row => row.TenantId == tenant && row.LastReceivedAt < before)
            .Take(Piece)
            .Select(row => row.RowId)
            .ToList();
        return tables.Orphans.Delete(row => row.TenantId == tenant && old.Contains(row.RowId)) == Piece;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Old history is deleted later: {Reason}")]
    private static partial void LogLater(ILogger logger, string reason);
}
