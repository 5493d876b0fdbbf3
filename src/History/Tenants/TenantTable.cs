using System.Runtime.CompilerServices;
using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Tenants;

/// <summary>
/// A table whose rows belong to tenants, to be read and erased piece by piece: no reader holds a connection for as long as it
/// takes him, and no piece holds up the writer.
/// </summary>
internal abstract class TenantTable(string name)
{
    /// <summary>Rows in a piece.</summary>
    protected const int Piece = 2_000;

    public string Name => name;

    /// <summary>The rows of a tenant in the order of their keys.</summary>
    public abstract IAsyncEnumerable<IReadOnlyDictionary<string, object?>> Rows(HistoryEngine engine, TenantId tenant, CancellationToken cancel);

    /// <summary>Deletes some rows of a tenant, and says whether there may be more.</summary>
    public abstract bool EraseSome(HistoryTables tables, TenantId tenant);
}

/// <summary>A table that is small: one piece.</summary>
internal sealed class SmallTable<T>(string name) : TenantTable(name)
    where T : class, ITenantRow
{
    public override async IAsyncEnumerable<IReadOnlyDictionary<string, object?>> Rows(
        HistoryEngine engine, TenantId tenant, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var row in await engine.Read(tables => tables.GetTable<T>().Where(row => row.TenantId == tenant.Value).ToListAsync(cancel)))
        {
            yield return ExportedColumns.Of(row);
        }
    }

    public override bool EraseSome(HistoryTables tables, TenantId tenant)
    {
        tables.GetTable<T>().Delete(row => row.TenantId == tenant.Value);
        return false;
    }
}

/// <summary>A table that grows with time, its rows numbered over all tenants.</summary>
internal sealed class LogTable<T>(string name) : TenantTable(name)
    where T : class, ITenantLogRow
{
    public override async IAsyncEnumerable<IReadOnlyDictionary<string, object?>> Rows(
        HistoryEngine engine, TenantId tenant, [EnumeratorCancellation] CancellationToken cancel)
    {
        List<T> page;
        var after = long.MinValue;
        do
        {
            page = await engine.Read(tables => tables.GetTable<T>()
                .Where(row => row.TenantId == tenant.Value && row.RowId > after)
                .OrderBy(row => row.RowId)
                .Take(Piece)
                .ToListAsync(cancel));
            foreach (var row in page)
            {
                after = row.RowId;
                yield return ExportedColumns.Of(row);
            }
        }
        while (page.Count == Piece);
    }

    public override bool EraseSome(HistoryTables tables, TenantId tenant)
    {
        var some = tables.GetTable<T>().Where(row => row.TenantId == tenant.Value).Take(Piece).Select(row => row.RowId);
        return tables.GetTable<T>().Delete(row => some.Contains(row.RowId)) == Piece;
    }
}

/// <summary>A table that grows with time, its rows numbered within the tenant.</summary>
internal sealed class EntryTable<T>(string name) : TenantTable(name)
    where T : class, ITenantEntryRow
{
    public override async IAsyncEnumerable<IReadOnlyDictionary<string, object?>> Rows(
        HistoryEngine engine, TenantId tenant, [EnumeratorCancellation] CancellationToken cancel)
    {
        List<T> page;
        var after = long.MinValue;
        do
        {
            page = await engine.Read(tables => tables.GetTable<T>()
                .Where(row => row.TenantId == tenant.Value && row.Id > after)
                .OrderBy(row => row.Id)
                .Take(Piece)
                .ToListAsync(cancel));
            foreach (var row in page)
            {
                after = row.Id;
                yield return ExportedColumns.Of(row);
            }
        }
        while (page.Count == Piece);
    }

    public override bool EraseSome(HistoryTables tables, TenantId tenant)
    {
        var some = tables.GetTable<T>().Where(row => row.TenantId == tenant.Value).Take(Piece).Select(row => row.Id);
        return tables.GetTable<T>().Delete(row => row.TenantId == tenant.Value && some.Contains(row.Id)) == Piece;
    }
}

/// <summary>The frame logs, one after the other; each keeps a bounded number of entries.</summary>
internal sealed class FrameTable() : TenantTable("frame_log")
{
    public override async IAsyncEnumerable<IReadOnlyDictionary<string, object?>> Rows(
        HistoryEngine engine, TenantId tenant, [EnumeratorCancellation] CancellationToken cancel)
    {
        var charger = await Next(engine, tenant, "", cancel);
        while (charger is not null)
        {
            var of = charger;
            var log = await engine.Read(tables => tables.Frames
                .Where(row => row.TenantId == tenant.Value && row.ChargerId == of)
                .OrderBy(row => row.Connection)
                .ThenBy(row => row.Number)
                .ToListAsync(cancel));
            foreach (var row in log)
            {
                yield return ExportedColumns.Of(row);
            }

            charger = await Next(engine, tenant, of, cancel);
        }
    }

    public override bool EraseSome(HistoryTables tables, TenantId tenant)
    {
        var charger = tables.Frames.Where(row => row.TenantId == tenant.Value).Select(row => row.ChargerId).FirstOrDefault();
        return charger is not null && tables.Frames.Delete(row => row.TenantId == tenant.Value && row.ChargerId == charger) > 0;
    }

    private static Task<string?> Next(HistoryEngine engine, TenantId tenant, string after, CancellationToken cancel) =>
        engine.Read(tables => tables.Frames
            .Where(row => row.TenantId == tenant.Value && row.ChargerId.IsAfter(after))
            .OrderBy(row => row.ChargerId)
            .Select(row => (string?)row.ChargerId)
            .FirstOrDefaultAsync(cancel));
}

/// <summary>The contents of files, one piece of one file after the other.</summary>
internal sealed class FilePieceTable() : TenantTable("file_piece")
{
    public override async IAsyncEnumerable<IReadOnlyDictionary<string, object?>> Rows(
        HistoryEngine engine, TenantId tenant, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (file, number) = (long.MinValue, -1);
        while (true)
        {
            var (afterFile, afterNumber) = (file, number);
            var row = await engine.Read(tables => tables.FilePieces
                .Where(row => row.TenantId == tenant.Value
                    && (row.FileId > afterFile || (row.FileId == afterFile && row.Number > afterNumber)))
                .OrderBy(row => row.FileId)
                .ThenBy(row => row.Number)
                .FirstOrDefaultAsync(cancel));
            if (row is null)
            {
                yield break;
            }

            (file, number) = (row.FileId, row.Number);
            yield return ExportedColumns.Of(row);
        }
    }

    public override bool EraseSome(HistoryTables tables, TenantId tenant)
    {
        var file = tables.FilePieces.Where(row => row.TenantId == tenant.Value).Select(row => (long?)row.FileId).FirstOrDefault();
        return file is not null && tables.FilePieces.Delete(row => row.TenantId == tenant.Value && row.FileId == file) > 0;
    }
}
