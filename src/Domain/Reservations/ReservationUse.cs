using EvCharge.Domain.Identity;

namespace EvCharge.Domain.Reservations;

/// <summary>A transaction that has begun, as far as reservations care.</summary>
/// <param name="Parent">Group of the tag; null for none.</param>
/// <param name="OcppId">The reservation that the charger named; null when it named none.</param>
/// <param name="TransactionId">Of the record.</param>
public sealed record ReservationUse(
    int Connector, IdTag IdTag, IdTag? Parent, long? OcppId, DateTimeOffset StartedAt, long TransactionId);
