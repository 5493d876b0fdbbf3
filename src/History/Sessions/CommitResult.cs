using EvCharge.Domain.Sessions;

namespace EvCharge.History.Sessions;

/// <summary>What became of the effects of one event.</summary>
/// <param name="Stale">An effect was decided on a version that is no longer the newest: nothing was written.</param>
/// <param name="Opened">The transaction that stands for the start: the new one, or the earlier one with an equal key.</param>
/// <param name="Repeated">A frame of meter values was stored before: its progress was not written, so the caller keeps the version it had.</param>
public sealed record CommitResult(bool Stale, Transaction? Opened, bool Repeated = false)
{
    internal static readonly CommitResult StaleDecision = new(true, null);
}

public readonly record struct TransactionIds(long Id, int OcppId);

public sealed record ConnectorRecord(ConnectorStatus? Status, Transaction? Open, Transaction? LastEnded);
