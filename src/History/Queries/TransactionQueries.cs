using System.Runtime.CompilerServices;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.Domain.Sessions;
using EvCharge.History.Commands;
using EvCharge.History.Engines;
using EvCharge.History.Sessions;
using EvCharge.History.Tables;
using EvCharge.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Queries;

/// <summary>Reads of transactions, samples and commands for the API, newest first, by key-set.</summary>
public sealed class TransactionQueries(HistoryEngine engine)
{
    /// <summary>Rows that an export reads at a time.</summary>
    private const int ExportPage = 1_000;

    public Task<IReadOnlyList<Transaction>> List(SiteScope scope, TransactionFilter filter, TransactionCursor? after, int limit) =>
        engine.Read<IReadOnlyList<Transaction>>(async tables =>
        {
            var rows = await Page(tables, scope, filter, after, limit).ToListAsync();
            return rows.ConvertAll(row => row.ToTransaction());
        });

    /// <summary>Null also for one that began at a site which the scope leaves out.</summary>
    public Task<Transaction?> Find(SiteScope scope, long id) => engine.Read(async tables =>
        (await tables.Transactions.FirstOrDefaultAsync(row => row.TenantId == scope.Tenant.Value && row.Id == id))?.ToTransaction() is { } found
            && scope.Covers(found.Site)
            ? found
            : null);

    /// <summary>The stored frames of a transaction in order of receipt; <paramref name="after"/> is the last row seen.</summary>
    public Task<IReadOnlyList<(long Row, MeterFrame Frame)>> MeterFrames(TenantId tenant, long transactionId, long? after, int limit) =>
        engine.Read<IReadOnlyList<(long, MeterFrame)>>(async tables =>
        {
            var rows = await FramesOf(tables, tenant, transactionId, after ?? 0).Take(limit).ToListAsync();
            return rows.ConvertAll(row => (row.RowId, row.ToFrame()));
        });

    /// <summary>
    /// All that the filter lets through, newest first, read page by page: a slow reader holds no connection, one that has gone
    /// has nothing more read, and what starts meanwhile is left out.
    /// </summary>
    public async IAsyncEnumerable<Transaction> All(
        SiteScope scope, TransactionFilter filter, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        TransactionCursor? after = null;
        IReadOnlyList<Transaction> page;
        do
        {
            cancel.ThrowIfCancellationRequested();
            page = await List(scope, filter, after, ExportPage);
            foreach (var transaction in page)
            {
                yield return transaction;
            }

            after = page.Count == 0 ? null : new TransactionCursor(page[^1].StartedAt, page[^1].Id);
        }
        while (page.Count == ExportPage);
    }

    /// <summary>All stored frames of a transaction in order of receipt, read as in <see cref="All"/>.</summary>
    public async IAsyncEnumerable<MeterFrame> AllMeterFrames(
        TenantId tenant, long transactionId, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        long? after = null;
        IReadOnlyList<(long Row, MeterFrame Frame)> page;
        do
        {
            cancel.ThrowIfCancellationRequested();
            page = await MeterFrames(tenant, transactionId, after, ExportPage);
            foreach (var (row, frame) in page)
            {
                after = row;
                yield return frame;
            }
        }
        while (page.Count == ExportPage);
    }

    public Task<CommandRecord?> Command(SiteScope scope, long id) => engine.Read(async tables =>
        (await In(tables, scope).FirstOrDefaultAsync(row => row.Id == id))?.ToRecord());

    /// <summary>Commands, newest first; <paramref name="before"/> is the last id seen.</summary>
    public Task<IReadOnlyList<CommandRecord>> Commands(SiteScope scope, string? charger, long? before, int limit) =>
        engine.Read<IReadOnlyList<CommandRecord>>(async tables =>
        {
            var rows = await CommandsOf(tables, scope, charger, before ?? long.MaxValue).Take(limit).ToListAsync();
            return rows.ConvertAll(row => row.ToRecord());
        });

    /// <summary>The query of a page, so that its plan can be looked at.</summary>
    internal static IQueryable<TransactionRow> Page(
        HistoryTables tables, SiteScope scope, TransactionFilter filter, TransactionCursor? after, int limit)
    {
        var rows = Filter(tables.Transactions.Where(row => row.TenantId == scope.Tenant.Value), filter);
        rows = scope.Sites is { } sites ? rows.Where(row => sites.Contains(row.SiteId)) : rows;
        if (after is not null)
        {
            // The first half is a range of the index; the second cuts off what the last page showed of that moment.
            rows = rows.Where(row => row.StartedAt <= after.StartedAt && (row.StartedAt < after.StartedAt || row.Id < after.Id));
        }

        return rows.OrderByDescending(row => row.StartedAt).ThenByDescending(row => row.Id).Take(limit);
    }

    /// <summary>In order of receipt.</summary>
    internal static IQueryable<MeterFrameRow> FramesOf(HistoryTables tables, TenantId tenant, long transactionId, long after) =>
        tables.MeterFrames
            .Where(row => row.TenantId == tenant.Value && row.TransactionId == transactionId && row.RowId > after)
            .OrderBy(row => row.RowId);

    /// <summary>Newest first.</summary>
    internal static IQueryable<CommandRow> CommandsOf(HistoryTables tables, SiteScope scope, string? charger, long before)
    {
        var commands = In(tables, scope).Where(row => row.Id < before);
        return (charger is null ? commands : commands.Where(row => row.ChargerId == charger)).OrderByDescending(row => row.Id);
    }

    private static IQueryable<CommandRow> In(HistoryTables tables, SiteScope scope)
    {
        var commands = tables.Commands.Where(row => row.TenantId == scope.Tenant.Value);
        return tables.NamesIn(scope) is { } names ? commands.Where(row => names.Contains(row.ChargerId)) : commands;
    }

    private static IQueryable<TransactionRow> Filter(IQueryable<TransactionRow> rows, TransactionFilter filter)
    {
        var tagKey = filter.IdTag is null ? null : StorableValue.Key(new IdTag(filter.IdTag).Key);
        rows = filter.Charger is null ? rows : rows.Where(row => row.ChargerId == filter.Charger);
        rows = filter.Connector is null ? rows : rows.Where(row => row.Connector == filter.Connector);
        rows = tagKey is null ? rows : rows.Where(row => row.TagKey == tagKey);
        rows = filter.Vehicle is null ? rows : rows.Where(row => row.VehicleId == filter.Vehicle);
        rows = filter.Site is null ? rows : rows.Where(row => row.SiteId == filter.Site);
        rows = filter.From is null ? rows : rows.Where(row => row.StartedAt >= filter.From);
        rows = filter.To is null ? rows : rows.Where(row => row.StartedAt < filter.To);
        return filter.Active switch
        {
            null => rows,
            true => rows.Where(row => row.StoppedAt == null),
            false => rows.Where(row => row.StoppedAt != null),
        };
    }
}

/// <summary>Members left null do not filter; from and to are UTC, half-open, on the start.</summary>
public sealed record TransactionFilter(
    string? Charger = null,
    int? Connector = null,
    string? IdTag = null,
    string? Vehicle = null,
    string? Site = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    bool? Active = null);

/// <summary>Where a page ended: transactions are ordered by start, then id, both descending.</summary>
public sealed record TransactionCursor(DateTimeOffset StartedAt, long Id);
