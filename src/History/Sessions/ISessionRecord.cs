using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;

namespace EvCharge.History.Sessions;

/// <summary>What a connector's rules need of the record: <see cref="SessionLog"/>, or a stand-in for a replay.</summary>
public interface ISessionRecord
{
    /// <inheritdoc cref="SessionLog.Commit"/>
    Task<CommitResult> Commit(TenantId tenant, IReadOnlyList<SessionEffect> effects);

    /// <summary>Two fresh ids for a transaction.</summary>
    ValueTask<TransactionIds> NextIds(TenantId tenant);

    /// <inheritdoc cref="SessionLog.FindStarts"/>
    Task<IReadOnlyList<Transaction>> FindStarts(ConnectorId connector, string rawStart, IdTag idTag, double meterStart);

    /// <inheritdoc cref="SessionLog.FindByOcppId"/>
    Task<Transaction?> FindByOcppId(ChargerId charger, int ocppId);

    /// <inheritdoc cref="SessionLog.FindOpen(ChargerId)"/>
    Task<IReadOnlyList<Transaction>> FindOpen(ChargerId charger);
}
