using EvCharge.Domain.Identity;

namespace EvCharge.Domain.Reservations;

/// <summary>A connector that is held for a tag until a moment (OCPP 1.6 §5.13).</summary>
public sealed record Reservation
{
    private const string Yes = "Accepted";

    public required ChargerId Charger { get; init; }

    /// <summary>Unique in the tenant, from 1.</summary>
    public required long Id { get; init; }

    /// <summary>0 for any connector of the charger.</summary>
    public required int Connector { get; init; }

    public required IdTag IdTag { get; init; }

    /// <summary>Tags of this group may use the reservation too; null for none.</summary>
    public IdTag? ParentIdTag { get; init; }

    /// <summary>Name of the charger's site when it was made; null for none.</summary>
    public string? Site { get; init; }

    public required DateTimeOffset Expiry { get; init; }

    public required string RequestedBy { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public ReservationStatus Status { get; init; }

    /// <summary>
    /// The charger's last answer: Accepted, Faulted, Occupied, Rejected or Unavailable. Of one that failed, why: offline, timeout,
    /// unknown, error or queueFull. Null before any.
    /// </summary>
    public string? Outcome { get; init; }

    /// <summary>Somebody wants it gone, and the charger has not said yet that it is.</summary>
    public bool Cancelling { get; init; }

    /// <summary>Id of the transaction that used it; null otherwise.</summary>
    public long? TransactionId { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The reservationId on the wire, a positive int32; it begins anew only after two thousand million others.</summary>
    public int OcppId => (int)((Id - 1) % int.MaxValue) + 1;

    /// <summary>It holds the connector, or may soon.</summary>
    public bool IsOpen => Status is ReservationStatus.Requested or ReservationStatus.Accepted;

    /// <summary>The reservation as it is by then: an open one whose time is over has expired, whether anybody looked or not.</summary>
    public Reservation At(DateTimeOffset now) =>
        IsOpen && now >= Expiry ? this with { Status = ReservationStatus.Expired, EndedAt = Expiry, Cancelling = false } : this;

    /// <summary>It keeps another tag from reserving that connector. Of those for any connector the charger may hold many.</summary>
    public bool Blocks(int connector, IdTag tag, DateTimeOffset now) =>
        connector > 0 && connector == Connector && tag != IdTag && At(now).IsOpen;

    /// <summary>The charger answered the request for it, perhaps late, perhaps one more request after a boot.</summary>
    public Reservation Answered(string answer, DateTimeOffset at) => Status switch
    {
        ReservationStatus.Requested or ReservationStatus.Failed => answer == Yes
            ? this with { Status = ReservationStatus.Accepted, Outcome = answer, EndedAt = null }
            : Ended(ReservationStatus.Refused, at) with { Outcome = answer },
        ReservationStatus.Accepted when answer != Yes => Ended(ReservationStatus.Lost, at) with { Outcome = answer },
        _ => this,
    };

    /// <summary>The first request for it came to nothing.</summary>
    public Reservation NotAnswered(string why, DateTimeOffset at) => Status == ReservationStatus.Requested
        ? Ended(ReservationStatus.Failed, at) with { Outcome = why }
        : this;

    /// <summary>
    /// Somebody wants it gone; null when there is nothing to be gone. One that the charger left unanswered it may hold all the
    /// same: it counts as asked for again, until the charger says that it is gone.
    /// </summary>
    public Reservation? Cancel(DateTimeOffset now) => Status switch
    {
        _ when now >= Expiry => null,
        ReservationStatus.Failed when Outcome is "timeout" or "unknown" =>
            this with { Status = ReservationStatus.Requested, Cancelling = true, EndedAt = null },
        _ => IsOpen ? this with { Cancelling = true } : null,
    };

    /// <summary>The charger was told to forget it: whether it knew it or not, it holds nothing now.</summary>
    public Reservation Forgotten(DateTimeOffset at) => IsOpen ? Ended(ReservationStatus.Cancelled, at) : this;

    /// <summary>A transaction began with it; one that failed was held by the charger after all.</summary>
    public Reservation Used(long transaction, DateTimeOffset at) => IsOpen || Status == ReservationStatus.Failed
        ? Ended(ReservationStatus.Used, at) with { TransactionId = transaction }
        : this;

    /// <summary>A transaction that begins so uses it: it names it, or its tag or group is the one that was waited for there.</summary>
    public bool IsMeantBy(ReservationUse start) => start.OcppId is { } named
        ? named == OcppId
        : (Connector == 0 || Connector == start.Connector)
            && start.StartedAt < Expiry
            && (start.IdTag == IdTag || (ParentIdTag is { } group && start.Parent == group));

    private Reservation Ended(ReservationStatus status, DateTimeOffset at) => this with { Status = status, EndedAt = at, Cancelling = false };
}
