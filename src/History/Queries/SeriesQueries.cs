using System.Runtime.CompilerServices;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.History.Engines;
using EvCharge.History.Sessions;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Queries;

/// <summary>What connectors were measured to do over time, across their transactions.</summary>
public sealed class SeriesQueries(HistoryEngine engine)
{
    private const int PageSize = 500;

    /// <summary>
    /// Frames of the transactions that the period meets, transaction by transaction in order of receipt, with those of their samples
    /// that lie in it. Read page by page: a slow reader holds no connection.
    /// </summary>
    /// <param name="from">Half-open with <paramref name="to"/>, UTC.</param>
    public async IAsyncEnumerable<MeterFrame> Frames(
        ChargerId charger, int connector, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var transaction in await engine.Read(tables => Transactions(tables, charger, connector, from, to).ToListAsync(cancel)))
        {
            long after = 0;
            List<MeterFrameRow> page;
            do
            {
                cancel.ThrowIfCancellationRequested();
                page = await engine.Read(tables => TransactionQueries.FramesOf(tables, charger.Tenant, transaction, after).Take(PageSize).ToListAsync(cancel));
                foreach (var row in page)
                {
                    after = row.RowId;
                    yield return row.ToFrame(from, to);
                }
            }
            while (page.Count == PageSize);
        }
    }

    /// <summary>Those that had begun before the period was over, and had not ended before it began.</summary>
    internal static IQueryable<long> Transactions(HistoryTables tables, ChargerId charger, int connector, DateTimeOffset from, DateTimeOffset to) =>
        tables.Transactions
            .Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name && row.Connector == connector && row.StartedAt < to
                && (row.StoppedAt == null || row.StoppedAt >= from))
            .OrderBy(row => row.StartedAt).ThenBy(row => row.Id).Select(row => row.Id);
}
