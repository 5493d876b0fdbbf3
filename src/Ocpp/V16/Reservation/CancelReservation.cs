namespace EvCharge.Ocpp.V16.Reservation;

/// <summary>Cancels a reservation (OCPP 1.6 §6.5).</summary>
public sealed record CancelReservationRequest(int ReservationId);

/// <param name="Status">One of <see cref="CancelReservationStatus"/>.</param>
public sealed record CancelReservationResponse([OneOf(typeof(CancelReservationStatus))] string Status);

/// <summary>Answers to a cancellation (OCPP 1.6 §7.5); rejected when the charger knows no such reservation.</summary>
public static class CancelReservationStatus
{
    public const string Accepted = "Accepted";
    public const string Rejected = "Rejected";
}
