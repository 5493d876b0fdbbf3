namespace EvCharge.Ocpp.V16.Reservation;

/// <summary>Reserves a connector for a tag (OCPP 1.6 §6.37).</summary>
/// <param name="ConnectorId">0 for any connector of the charger.</param>
/// <param name="ExpiryDate">The reservation ends then by itself.</param>
/// <param name="ReservationId">One that the charger knows is replaced.</param>
/// <param name="ParentIdTag">Tags of this group may use the reservation too.</param>
public sealed record ReserveNowRequest(
    [Range(0, int.MaxValue)] int ConnectorId,
    OcppTimestamp ExpiryDate,
    [CiString(20)] string IdTag,
    int ReservationId,
    [CiString(20)] string? ParentIdTag = null);

/// <param name="Status">One of <see cref="ReservationStatus"/>.</param>
public sealed record ReserveNowResponse([OneOf(typeof(ReservationStatus))] string Status);

/// <summary>Answers to a reservation (OCPP 1.6 §7.42).</summary>
public static class ReservationStatus
{
    public const string Accepted = "Accepted";
    public const string Faulted = "Faulted";
    public const string Occupied = "Occupied";
    public const string Rejected = "Rejected";
    public const string Unavailable = "Unavailable";
}
