using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.Domain.Sessions;
using EvCharge.History.Commands;

namespace EvCharge.History.Queries;

/// <summary>Reads of transactions, samples and commands for the API, newest first, by key-set.</summary>
public sealed class TransactionQueries
{
    public Task<IReadOnlyList<Transaction>> List(TenantId tenant, TransactionFilter filter, TransactionCursor? after, int limit) =>
        throw new NotSupportedException();

    public Task<Transaction?> Find(TenantId tenant, long id) => throw new NotSupportedException();

    /// <summary>The stored frames of a transaction in order of receipt; <paramref name="after"/> is the last row seen.</summary>
    public Task<IReadOnlyList<(long Row, MeterFrame Frame)>> MeterFrames(TenantId tenant, long transactionId, long? after, int limit) =>
        throw new NotSupportedException();

    public Task<CommandRecord?> Command(TenantId tenant, long id) => throw new NotSupportedException();

    public Task<IReadOnlyList<CommandRecord>> Commands(TenantId tenant, string? charger, long? before, int limit) =>
        throw new NotSupportedException();
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
