using System.Collections.Concurrent;
using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Sessions;

namespace EvCharge.History.Identifiers;

/// <summary>
/// Ids of transactions, by tenant: the public one counts up for ever, the one on the wire wraps within the positive int32
/// over ids whose transactions ended more than a year ago.
/// </summary>
public sealed class TransactionIdBlocks(HistoryEngine engine, TimeProvider time)
{
    private const int Size = IdStatements.BlockSize;
    private const string PublicName = "transaction";
    private const string OcppName = "ocpp";

    /// <summary>Blocks in a row that may be found in use before the search is given up: 6.4 million running ids.</summary>
    private const int MaxSkipped = 100_000;

    private static readonly TimeSpan Quarantine = TimeSpan.FromDays(366);

    private readonly ConcurrentDictionary<TenantId, ReservedBlock<TransactionIds>> _blocks = new();

    internal async ValueTask<TransactionIds> Next(TenantId tenant)
    {
        var reserved = _blocks.GetOrAdd(tenant, key => new ReservedBlock<TransactionIds>(Size, () => Reserve(key)));
        var (first, offset) = await reserved.Next();
        return new TransactionIds(first.Id + offset, first.OcppId + offset);
    }

    private Task<TransactionIds> Reserve(TenantId tenant)
    {
        var endedBefore = time.GetUtcNow() - Quarantine;
        return engine.Write(write => new TransactionIds(
            IdStatements.Reserve(write, tenant, PublicName, Size), ReserveOcpp(write, tenant, endedBefore)));
    }

    /// <summary>
    /// Looks before it takes: two processes cannot do so at once, since the count of public ids is locked from its turn on.
    /// </summary>
    private static int ReserveOcpp(HistoryWrite write, TenantId tenant, DateTimeOffset endedBefore)
    {
        var next = IdStatements.Peek(write, tenant, OcppName);
        for (var skipped = 0; skipped < MaxSkipped; skipped++)
        {
            // 0 has not begun, and is never an id on the wire: some chargers take it for a refusal.
            var first = next is 0 || next > int.MaxValue - Size + 1 ? 1 : next;
            next = first + Size;
            if (!InUse(write, tenant, first, endedBefore))
            {
                IdStatements.Move(write, tenant, OcppName, next);
                return (int)first;
            }
        }

        throw new InvalidOperationException($"No free block of transaction ids was found for the tenant {tenant}.");
    }

    private static bool InUse(HistoryWrite write, TenantId tenant, long first, DateTimeOffset endedBefore) =>
        write.First(
            IdStatements.OcppIdsInUse,
            reader => reader.GetInt64(0),
            ("@tenant", tenant.Value),
            ("@first", first),
            ("@last", first + Size - 1),
            ("@ended_before", write.Time(endedBefore))) != 0;
}
