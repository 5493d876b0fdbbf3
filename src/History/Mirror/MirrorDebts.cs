using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Mirror;

/// <summary>A transaction as it stands, and how often it had changed when it was read.</summary>
internal sealed record OwedTransaction(TransactionRow Row, long Changes);

/// <summary>What the embedded record still owes its mirror.</summary>
internal sealed class MirrorDebts(HistoryEngine engine)
{
    /// <summary>The row's tenant: one position serves all tenants.</summary>
    private static readonly string Everybody = TenantId.Default.Value;

    /// <summary>From now on every change is noted; the first time, all that is on record is owed.</summary>
    public Task Open() => engine.Write(write =>
    {
        if (write.Tables.MirrorPositions.Any())
        {
            return 0;
        }

        write.Tables.Insert(new MirrorPositionRow { TenantId = Everybody, Frame = 0 });
        write.Tables.MirrorOwed.Delete();
        return write.Tables.Transactions.Insert(
            write.Tables.MirrorOwed,
            row => new MirrorOwedRow { TenantId = row.TenantId, TransactionId = row.Id, Changes = 1 });
    });

    /// <summary>Nothing is noted any more. A later mirror gets everything anew.</summary>
    public Task Forget() => engine.Write(write => write.Tables.MirrorPositions.Delete() + write.Tables.MirrorOwed.Delete());

    public Task<(long Transactions, long Frames)> Count() => engine.Read(async tables =>
    {
        var position = await tables.MirrorPositions.Select(row => row.Frame).FirstOrDefaultAsync();
        return (await tables.MirrorOwed.LongCountAsync(), await tables.MeterFrames.LongCountAsync(row => row.RowId > position));
    });

    public Task<List<OwedTransaction>> Transactions(int limit) => engine.Read(async tables =>
    {
        var owed = from debt in tables.MirrorOwed.OrderBy(row => row.TenantId).ThenBy(row => row.TransactionId).Take(limit)
                   from row in tables.Transactions.Where(row => row.TenantId == debt.TenantId && row.Id == debt.TransactionId)
                   select new { row, debt.Changes };
        return (await owed.ToListAsync()).ConvertAll(each => new OwedTransaction(each.row, each.Changes));
    });

    /// <summary>One that changed again meanwhile stays owed.</summary>
    public Task Settle(IReadOnlyCollection<OwedTransaction> transactions) => engine.Write(
        write => transactions.Sum(each => write.Tables.MirrorOwed.Delete(row =>
            row.TenantId == each.Row.TenantId && row.TransactionId == each.Row.Id && row.Changes == each.Changes)),
        transactions.Count);

    /// <summary>Frames in the order of their receipt.</summary>
    public Task<List<MeterFrameRow>> Frames(int limit) => engine.Read(async tables =>
    {
        var position = await tables.MirrorPositions.Select(row => row.Frame).FirstOrDefaultAsync();
        return await tables.MeterFrames.Where(row => row.RowId > position).OrderBy(row => row.RowId).Take(limit).ToListAsync();
    });

    public Task SettleFrames(long last) => engine.Write(write =>
        write.Tables.MirrorPositions.Where(row => row.TenantId == Everybody).Set(row => row.Frame, last).Update());
}
