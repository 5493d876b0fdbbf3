using System.Runtime.CompilerServices;
using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Audit;

/// <summary>What a caller looks for; null does not filter.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
public sealed record AuditFilter(string? Author, string? Action, DateTimeOffset? From, DateTimeOffset? To);

/// <summary>Whether the chain of a tenant's entries holds.</summary>
/// <param name="Entries">How many were looked at.</param>
/// <param name="BrokenAt">Number of the first that does not follow from the ones before; null when all do.</param>
/// <param name="Head">Hash of the last. Kept elsewhere, it shows later whether entries were cut off.</param>
public sealed record AuditVerdict(long Entries, long? BrokenAt, string Head);

/// <summary>
/// The audit log: one chain of entries a tenant. Whoever changes, removes or slips in an entry afterwards breaks the chain
/// from there on.
/// </summary>
public sealed class AuditLog(HistoryEngine engine, TimeProvider time)
{
    private const string System = "system";
    private const int Page = 1_000;

    /// <summary>Puts on record what was done without changing the configuration.</summary>
    public Task Append(TenantId tenant, AuditScope scope)
    {
        var at = time.GetUtcNow();
        return engine.Write(write => Append(write, tenant, at, scope, scope.Target, null, scope.Detail), 1_024);
    }

    /// <summary>Entries, newest first, those before <paramref name="before"/>.</summary>
    public Task<IReadOnlyList<AuditEntry>> List(TenantId tenant, AuditFilter filter, long? before, int limit) =>
        engine.Read<IReadOnlyList<AuditEntry>>(async tables =>
        {
            var rows = tables.Audits.Where(row => row.TenantId == tenant.Value);
            rows = before is null ? rows : rows.Where(row => row.Id < before);
            rows = filter.Author is null ? rows : rows.Where(row => row.Author == filter.Author);
            rows = filter.Action is null ? rows : rows.Where(row => row.Action == filter.Action);
            rows = filter.From is null ? rows : rows.Where(row => row.At >= filter.From);
            rows = filter.To is null ? rows : rows.Where(row => row.At < filter.To);
            return (await rows.OrderByDescending(row => row.Id).Take(limit).ToListAsync()).ConvertAll(Read);
        });

    /// <summary>All entries in their order.</summary>
    public async IAsyncEnumerable<AuditEntry> All(TenantId tenant, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        List<AuditRow> page;
        var after = 0L;
        do
        {
            page = await engine.Read(tables => tables.Audits
                .Where(row => row.TenantId == tenant.Value && row.Id > after)
                .OrderBy(row => row.Id)
                .Take(Page)
                .ToListAsync(cancel));
            foreach (var row in page)
            {
                after = row.Id;
                yield return Read(row);
            }
        }
        while (page.Count == Page);
    }

    /// <summary>Goes through the whole chain.</summary>
    public async Task<AuditVerdict> Verify(TenantId tenant, CancellationToken cancel = default)
    {
        var (entries, head) = (0L, AuditEntry.NoHash);
        await foreach (var entry in All(tenant, cancel))
        {
            if (entry.Number != entries + 1 || entry.Hash != entry.HashAfter(head))
            {
                return new AuditVerdict(entries, entry.Number, head);
            }

            (entries, head) = (entry.Number, entry.Hash);
        }

        return new AuditVerdict(entries, null, head);
    }

    /// <summary>Puts on record, with what it changes and in the same transaction, what somebody does.</summary>
    /// <param name="scope">Null for the system itself.</param>
    internal static void Append(
        HistoryWrite write, TenantId tenant, DateTimeOffset at, AuditScope? scope, string target, string? before, string? after)
    {
        write.Alone(tenant, "audit");
        var last = write.Tables.Audits
            .Where(row => row.TenantId == tenant.Value)
            .OrderByDescending(row => row.Id)
            .Select(row => new { row.Id, row.Hash })
            .FirstOrDefault();
        var entry = new AuditEntry(
            (last?.Id ?? 0) + 1,
            DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()),
            scope?.Author ?? System,
            scope?.Address,
            scope?.Action ?? System,
            target,
            before,
            after,
            "");
        write.Tables.Insert(new AuditRow
        {
            TenantId = tenant.Value,
            Id = entry.Number,
            At = entry.At,
            Author = entry.Author,
            Address = entry.Address,
            Action = entry.Action,
            Target = entry.Target,
            Before = entry.Before,
            After = entry.After,
            Hash = entry.HashAfter(last?.Hash ?? AuditEntry.NoHash),
        });
    }

    private static AuditEntry Read(AuditRow row) =>
        new(row.Id, row.At, row.Author, row.Address, row.Action, row.Target, row.Before, row.After, row.Hash);
}
