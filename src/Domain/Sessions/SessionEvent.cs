using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;

namespace EvCharge.Domain.Sessions;

/// <summary>Something that happened to a connector, free of any protocol version.</summary>
[GenerateSerializer, Immutable, Alias("evc.SessionEvent")]
public abstract record SessionEvent(
    [property: Id(0)] ConnectorId Connector,
    [property: Id(1)] DateTimeOffset ReceivedAt);

/// <summary>The charger reported the connector's status.</summary>
[GenerateSerializer, Immutable, Alias("evc.StatusReported")]
public sealed record StatusReported(ConnectorId Connector, [property: Id(0)] ConnectorStatus Status)
    : SessionEvent(Connector, Status.ReceivedAt);

/// <summary>The charger started a transaction, now or while it was offline.</summary>
/// <param name="At">Event time of the start; receipt time when the stamp cannot be believed.</param>
/// <param name="RawStamp">The stamp as sent.</param>
/// <param name="Authorized">False when the tag was refused: the transaction is kept, the charger will end it.</param>
[GenerateSerializer, Immutable, Alias("evc.StartReported")]
public sealed record StartReported(
    ConnectorId Connector,
    DateTimeOffset ReceivedAt,
    [property: Id(0)] string MessageId,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string RawStamp,
    [property: Id(3)] bool StampBelieved,
    [property: Id(4)] IdTag IdTag,
    [property: Id(5)] double MeterStart,
    [property: Id(6)] string Site,
    [property: Id(7)] string? Vehicle,
    [property: Id(8)] bool Authorized,
    [property: Id(9)] string OcppVersion) : SessionEvent(Connector, ReceivedAt);

/// <summary>The charger took samples.</summary>
/// <param name="RawTransaction">The transaction id as sent; null when the frame named none.</param>
[GenerateSerializer, Immutable, Alias("evc.SamplesReported")]
public sealed record SamplesReported(
    ConnectorId Connector,
    DateTimeOffset ReceivedAt,
    [property: Id(0)] string MessageId,
    [property: Id(1)] long? RawTransaction,
    [property: Id(2)] string DeviceStamp,
    [property: Id(3)] string PayloadHash,
    [property: Id(4)] ImmutableArray<Sample> Samples,
    [property: Id(5)] bool StampsBelieved) : SessionEvent(Connector, ReceivedAt);

/// <summary>The charger stopped a transaction of this connector; which one was settled before.</summary>
/// <param name="TransactionId">Public id.</param>
/// <param name="OcppId">The same transaction's id on the wire.</param>
/// <param name="Repaired">True when the frame named no issued id and the match was made by rule.</param>
/// <param name="MeterStop">Wh; null when the charger did not know it.</param>
/// <param name="Frame">The samples that came with the stop (transactionData), or null.</param>
[GenerateSerializer, Immutable, Alias("evc.StopReported")]
public sealed record StopReported(
    ConnectorId Connector,
    DateTimeOffset ReceivedAt,
    [property: Id(0)] string MessageId,
    [property: Id(1)] long TransactionId,
    [property: Id(2)] int OcppId,
    [property: Id(3)] bool Repaired,
    [property: Id(4)] DateTimeOffset At,
    [property: Id(5)] bool StampBelieved,
    [property: Id(6)] double? MeterStop,
    [property: Id(7)] string Reason,
    [property: Id(8)] MeterFrame? Frame) : SessionEvent(Connector, ReceivedAt);

/// <summary>Time went by: rules that wait for nothing but time apply.</summary>
[GenerateSerializer, Immutable, Alias("evc.TimePassed")]
public sealed record TimePassed(ConnectorId Connector, DateTimeOffset ReceivedAt) : SessionEvent(Connector, ReceivedAt);

/// <summary>A vehicle said through the charger who it is, and is on record.</summary>
/// <param name="Vehicle">Its id in the tenant.</param>
[GenerateSerializer, Immutable, Alias("evc.VehicleIdentified")]
public sealed record VehicleIdentified(ConnectorId Connector, DateTimeOffset ReceivedAt, [property: Id(0)] string Vehicle)
    : SessionEvent(Connector, ReceivedAt);

/// <summary>What became of an event.</summary>
/// <param name="Transaction">The transaction that the event started, repeated or stopped, else null.</param>
/// <param name="Open">The running transaction after the event, else null.</param>
[GenerateSerializer, Immutable, Alias("evc.SessionAnswer")]
public sealed record SessionAnswer(
    [property: Id(0)] SessionOutcome Outcome,
    [property: Id(1)] Transaction? Transaction,
    [property: Id(2)] Transaction? Open);

[GenerateSerializer, Alias("evc.SessionOutcome")]
public enum SessionOutcome
{
    /// <summary>The facts are on disk: the charger may be answered.</summary>
    Durable,

    /// <summary>History cannot be written: the charger must not be answered.</summary>
    NotDurable,

    /// <summary>The decision was made on old facts; nothing was written. Apply the event again.</summary>
    Stale,
}
