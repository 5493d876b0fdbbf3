using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Reservations;
using EvCharge.Domain.Sessions;
using EvCharge.Domain.Vehicles;
using EvCharge.Grains.Models;
using EvCharge.History;
using EvCharge.History.Chargers;

namespace EvCharge.Grains.Chargers;

/// <summary>What the protocol handlers may ask of the charger grain.</summary>
internal interface IChargerShell
{
    ChargerId Id { get; }

    /// <summary>True when the charger is configured; otherwise it waits for adoption and can start nothing.</summary>
    bool Adopted { get; }

    /// <summary>Name of the charger's site, empty for none.</summary>
    string Site { get; }

    int HeartbeatSeconds { get; }

    TimeProvider Time { get; }

    /// <summary>How what the charger leaves out is filled in.</summary>
    MessageQuirks Quirks { get; }

    ValueTask<TagDecision> Authorize(IdTag tag);

    /// <summary>Answers the tag of a transaction that has started already. Waits for nobody.</summary>
    /// <exception cref="HistoryUnavailableException">It cannot be judged now: the charger gets no answer.</exception>
    ValueTask<TagDecision> AuthorizeStart(IdTag tag, StartAttempt start);

    /// <summary>What the charger is told of the tag that stopped a transaction; null for nothing.</summary>
    ValueTask<TagDecision?> StandingOf(IdTag tag);

    /// <summary>True for two tags of one group.</summary>
    ValueTask<bool> SameGroup(IdTag one, IdTag other);

    /// <summary>True when the charger has connector 1 and no other.</summary>
    bool HasOneConnector { get; }

    /// <summary>Takes a vehicle's word for who it is to the transaction of its connector.</summary>
    /// <returns>False when no vehicle on record is the one, or more than one; the events tell of it then.</returns>
    /// <exception cref="HistoryUnavailableException">The record cannot be asked: the charger gets no answer.</exception>
    ValueTask<bool> Identify(ConnectorId connector, VehicleIdentity identity, OcppFrame call);

    /// <summary>Applies an event to its connector.</summary>
    /// <exception cref="HistoryUnavailableException">The facts are not durable: the charger gets no answer.</exception>
    ValueTask<SessionAnswer> Apply(SessionEvent happened);

    /// <summary>The connector on which the open transaction with that id runs, or null when this activation has not seen it.</summary>
    int? ConnectorOf(long ocppId);

    Task<Transaction?> FindTransaction(int ocppId);

    Task<IReadOnlyList<Transaction>> FindOpenTransactions();

    /// <summary>Ends the reservation that a transaction uses which has begun. Best effort, like a boot.</summary>
    Task Started(ReservationUse start);

    Task RecordOrphan(OrphanRecorded orphan);

    /// <summary>Links a report to the newest command of that action, of those with that number. Best effort, like a boot.</summary>
    /// <param name="requestId">Null when the report names no number.</param>
    Task Reported(OcppFrame call, string action, string status, int? requestId = null);

    /// <summary>Has a certificate issued that the charger asks for, which it is sent; what nobody here signs is kept for an operator.</summary>
    /// <returns>False when it cannot have it.</returns>
    /// <exception cref="HistoryUnavailableException">That cannot be decided now: the charger gets no answer.</exception>
    ValueTask<bool> SignCertificate(string request, OcppFrame call);

    /// <summary>Keeps something that operators should find. Best effort, like a boot.</summary>
    /// <param name="kind">Kebab-case.</param>
    /// <param name="subject">What it is of its kind, where alarms tell that apart.</param>
    Task RecordEvent(string kind, OcppFrame call, string detail, string? subject = null);

    /// <summary>Keeps what the charger said of itself. Best effort: a boot is answered also while the database is down.</summary>
    Task RecordBoot(BootRecord boot);
}
