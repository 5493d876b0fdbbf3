using System.Runtime.CompilerServices;
using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Tables;
using LinqToDB;

namespace EvCharge.History.Tenants;

/// <summary>A row as it leaves with an export.</summary>
/// <param name="Table">Its table, as docs/operating/storage.md names it.</param>
/// <param name="Row">Its columns by name, without secrets.</param>
public sealed record TenantRecord(string Table, IReadOnlyDictionary<string, object?> Row);

/// <summary>All that is kept of a tenant.</summary>
public sealed class TenantRecords(HistoryEngine engine)
{
    /// <summary>Reads all of it, without secrets. What is written meanwhile may be in it or not.</summary>
    public async IAsyncEnumerable<TenantRecord> Export(TenantId tenant, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var table in TenantTables.All)
        {
            await foreach (var row in table.Rows(engine, tenant, cancel))
            {
                yield return new TenantRecord(table.Name, row);
            }
        }
    }

    /// <summary>Deletes all of it and then the tenant. May be called again after it was interrupted.</summary>
    /// <exception cref="HistoryUnavailableException">Not all of it is deleted.</exception>
    public async Task Erase(TenantId tenant, CancellationToken stop)
    {
        foreach (var table in TenantTables.All)
        {
            while (await engine.Write(write => table.EraseSome(write.Tables, tenant)))
            {
                stop.ThrowIfCancellationRequested();
            }
        }

        await engine.Write(write => write.Tables.Tenants.Delete(row => row.TenantId == tenant.Value));
    }
}
