using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;

namespace EvCharge.Domain.Sessions;

/// <summary>
/// A fact that the session machine decided on and that History keeps. The effects of one event are committed together or
/// not at all, before the charger is answered.
/// </summary>
public abstract record SessionEffect;

/// <summary>
/// A new transaction. If History already holds one with the same natural key (charger, connector, raw stamp, tag,
/// meterStart, again), the earlier one stands and is handed back.
/// </summary>
public sealed record TransactionOpened(Transaction Transaction) : SessionEffect;

/// <summary>
/// A transaction as it is after a stop, a system close or a correction. Applies only to the version before
/// <paramref name="Transaction"/>'s; else the decision was made on stale facts and the whole commit is refused.
/// </summary>
/// <param name="Replaced">The end that this one corrects, or null for a first end.</param>
public sealed record TransactionEnded(Transaction Transaction, Transaction? Replaced = null) : SessionEffect;

/// <summary>
/// A frame of meter values, and in the same commit the progress of the transaction it belongs to. When the frame is a
/// repeat neither is written.
/// </summary>
/// <param name="Progress">The transaction with its new energy, power, SoC and last sample, or null when unchanged.</param>
public sealed record MeterRecorded(MeterFrame Frame, Transaction? Progress) : SessionEffect;

/// <summary>
/// A running transaction whose vehicle identified itself. Applies only to the version before <paramref name="Transaction"/>'s.
/// </summary>
public sealed record TransactionIdentified(Transaction Transaction) : SessionEffect;

/// <summary>A status report: kept as history, and as the connector's present status.</summary>
public sealed record StatusRecorded(ConnectorId Connector, ConnectorStatus Status) : SessionEffect;

/// <summary>
/// A fact about a transaction nobody can find: acknowledged, kept for an operator, applied to nothing.
/// </summary>
/// <param name="Kind">"stop" or "meter".</param>
/// <param name="RawTransaction">The transaction id as the charger sent it.</param>
public sealed record OrphanRecorded(
    ChargerId Charger,
    string Kind,
    string MessageId,
    string RawTransaction,
    DateTimeOffset ReceivedAt,
    string Payload) : SessionEffect;
