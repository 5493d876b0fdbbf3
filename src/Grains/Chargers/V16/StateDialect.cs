using EvCharge.Domain.DesiredState;
using EvCharge.Domain.Reservations;
using EvCharge.History.Commands;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.Core;
using EvCharge.Ocpp.V16.Reservation;
using EvCharge.Ocpp.V16.Security;

namespace EvCharge.Grains.Chargers.V16;

/// <summary>
/// Configuration keys, availability and reservations in OCPP 1.6 (§5.1, §5.2, §5.3, §5.8, §5.13), and certificates in its security
/// extension.
/// </summary>
internal sealed class StateDialect : IStateDialect
{
    public (string Action, byte[] Payload) ReadKeys(IReadOnlyList<string> names) =>
        ("GetConfiguration", Payload.Write(new GetConfigurationRequest(names)));

    public (string Action, byte[] Payload) ChangeKey(string name, string value) =>
        ("ChangeConfiguration", Payload.Write(new ChangeConfigurationRequest(name, value)));

    public (string Action, byte[] Payload) ChangeAvailability(int connector, bool operative) =>
        ("ChangeAvailability", Payload.Write(new ChangeAvailabilityRequest(
            connector, operative ? AvailabilityType.Operative : AvailabilityType.Inoperative)));

    public (string Action, byte[] Payload) HandOver(string certificate) =>
        ("CertificateSigned", Payload.Write(new CertificateSignedRequest(certificate)));

    public (string Action, byte[] Payload) Reserve(Reservation reservation) =>
        ("ReserveNow", Payload.Write(new ReserveNowRequest(
            reservation.Connector, OcppTimestamp.At(reservation.Expiry), reservation.IdTag.Value, reservation.OcppId,
            reservation.ParentIdTag?.Value)));

    public (string Action, byte[] Payload) CancelReservation(int ocppId) =>
        ("CancelReservation", Payload.Write(new CancelReservationRequest(ocppId)));

    public (int OcppId, string Outcome)? ReservationIn(CommandRecord answered) => answered.Action != "ReserveNow"
        ? null
        : (Payload.ReadStrict<ReserveNowRequest>(answered.Payload).ReservationId,
            Payload.Read<ReserveNowResponse>(answered.Result, new DeviationList()).Status);

    /// <summary>A charger that rejects the cancellation knows no such reservation (§5.1).</summary>
    public int? CancelledIn(CommandRecord answered) => answered.Action != "CancelReservation"
        ? null
        : Payload.ReadStrict<CancelReservationRequest>(answered.Payload).ReservationId;

    public KeyReport? ReportIn(CommandRecord answered)
    {
        if (answered.Action != "GetConfiguration")
        {
            return null;
        }

        var answer = Payload.Read<GetConfigurationResponse>(answered.Result, new DeviationList());
        return new KeyReport(
            [.. (answer.ConfigurationKey ?? []).Select(key => new ReportedKey(key.Key, key.Value, key.Readonly))],
            answer.UnknownKey ?? []);
    }

    public KeyChange? ChangeIn(CommandRecord answered)
    {
        if (answered.Action != "ChangeConfiguration")
        {
            return null;
        }

        var request = Payload.ReadStrict<ChangeConfigurationRequest>(answered.Payload);
        var answer = Payload.Read<ChangeConfigurationResponse>(answered.Result, new DeviationList());
        return new KeyChange(request.Key, request.Value, answer.Status);
    }

    public Availability? AvailabilityIn(CommandRecord answered)
    {
        if (answered.Action != "ChangeAvailability")
        {
            return null;
        }

        var request = Payload.ReadStrict<ChangeAvailabilityRequest>(answered.Payload);
        var answer = Payload.Read<ChangeAvailabilityResponse>(answered.Result, new DeviationList());
        return new Availability(request.ConnectorId, request.Type == AvailabilityType.Operative, answer.Status);
    }
}
