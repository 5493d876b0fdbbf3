using EvCharge.Ocpp.V16.Core;
using EvCharge.Ocpp.V16.FirmwareManagement;
using EvCharge.Ocpp.V16.LocalAuthListManagement;
using EvCharge.Ocpp.V16.RemoteTrigger;
using EvCharge.Ocpp.V16.Reservation;
using EvCharge.Ocpp.V16.Security;
using EvCharge.Ocpp.V16.SmartCharging;

namespace EvCharge.Ocpp.V16;

/// <summary>The operations of OCPP 1.6 and of its security extension: the protocol implementation conformance statement.</summary>
public static class Actions
{
    private const string Core = "Core";
    private const string FirmwareManagement = "FirmwareManagement";
    private const string LocalAuthListManagement = "LocalAuthListManagement";
    private const string RemoteTrigger = "RemoteTrigger";
    private const string Reservation = "Reservation";
    private const string Security = "Security";
    private const string SmartCharging = "SmartCharging";

    public static readonly ActionTable Table = new(
        FromCharger<AuthorizeRequest, AuthorizeResponse>("Authorize", Core, idempotent: true),
        FromCharger<BootNotificationRequest, BootNotificationResponse>("BootNotification", Core, idempotent: true),
        FromCharger<HeartbeatRequest, HeartbeatResponse>("Heartbeat", Core, idempotent: true),
        FromCharger<MeterValuesRequest, MeterValuesResponse>("MeterValues", Core, idempotent: false),
        FromCharger<StartTransactionRequest, StartTransactionResponse>("StartTransaction", Core, idempotent: false),
        FromCharger<StatusNotificationRequest, StatusNotificationResponse>("StatusNotification", Core, idempotent: true),
        FromCharger<StopTransactionRequest, StopTransactionResponse>("StopTransaction", Core, idempotent: false),
        Both<DataTransferRequest, DataTransferResponse>("DataTransfer", Core, idempotent: false),
        ToCharger<ChangeAvailabilityRequest, ChangeAvailabilityResponse>("ChangeAvailability", Core, idempotent: true),
        ToCharger<ChangeConfigurationRequest, ChangeConfigurationResponse>("ChangeConfiguration", Core, idempotent: true),
        ToCharger<ClearCacheRequest, ClearCacheResponse>("ClearCache", Core, idempotent: true),
        ToCharger<GetConfigurationRequest, GetConfigurationResponse>("GetConfiguration", Core, idempotent: true),
        ToCharger<RemoteStartTransactionRequest, RemoteStartTransactionResponse>(
            "RemoteStartTransaction", Core, idempotent: false),
        ToCharger<RemoteStopTransactionRequest, RemoteStopTransactionResponse>(
            "RemoteStopTransaction", Core, idempotent: false),
        ToCharger<ResetRequest, ResetResponse>("Reset", Core, idempotent: false),
        ToCharger<UnlockConnectorRequest, UnlockConnectorResponse>("UnlockConnector", Core, idempotent: false),
        FromCharger<DiagnosticsStatusNotificationRequest, DiagnosticsStatusNotificationResponse>(
            "DiagnosticsStatusNotification", FirmwareManagement, idempotent: true),
        FromCharger<FirmwareStatusNotificationRequest, FirmwareStatusNotificationResponse>(
            "FirmwareStatusNotification", FirmwareManagement, idempotent: true),
        ToCharger<GetDiagnosticsRequest, GetDiagnosticsResponse>("GetDiagnostics", FirmwareManagement, idempotent: false),
        ToCharger<UpdateFirmwareRequest, UpdateFirmwareResponse>("UpdateFirmware", FirmwareManagement, idempotent: false),
        ToCharger<GetLocalListVersionRequest, GetLocalListVersionResponse>(
            "GetLocalListVersion", LocalAuthListManagement, idempotent: true),
        ToCharger<SendLocalListRequest, SendLocalListResponse>("SendLocalList", LocalAuthListManagement, idempotent: false),
        ToCharger<CancelReservationRequest, CancelReservationResponse>("CancelReservation", Reservation, idempotent: false),
        ToCharger<ReserveNowRequest, ReserveNowResponse>("ReserveNow", Reservation, idempotent: true),
        ToCharger<ClearChargingProfileRequest, ClearChargingProfileResponse>(
            "ClearChargingProfile", SmartCharging, idempotent: false),
        ToCharger<GetCompositeScheduleRequest, GetCompositeScheduleResponse>(
            "GetCompositeSchedule", SmartCharging, idempotent: true),
        ToCharger<SetChargingProfileRequest, SetChargingProfileResponse>("SetChargingProfile", SmartCharging, idempotent: true),
        ToCharger<TriggerMessageRequest, TriggerMessageResponse>("TriggerMessage", RemoteTrigger, idempotent: true),
        FromCharger<LogStatusNotificationRequest, LogStatusNotificationResponse>(
            "LogStatusNotification", Security, idempotent: true),
        FromCharger<SecurityEventNotificationRequest, SecurityEventNotificationResponse>(
            "SecurityEventNotification", Security, idempotent: false),
        FromCharger<SignCertificateRequest, SignCertificateResponse>("SignCertificate", Security, idempotent: false),
        FromCharger<SignedFirmwareStatusNotificationRequest, SignedFirmwareStatusNotificationResponse>(
            "SignedFirmwareStatusNotification", Security, idempotent: true),
        ToCharger<CertificateSignedRequest, CertificateSignedResponse>("CertificateSigned", Security, idempotent: true),
        ToCharger<DeleteCertificateRequest, DeleteCertificateResponse>("DeleteCertificate", Security, idempotent: false),
        ToCharger<ExtendedTriggerMessageRequest, ExtendedTriggerMessageResponse>(
            "ExtendedTriggerMessage", Security, idempotent: true),
        ToCharger<GetInstalledCertificateIdsRequest, GetInstalledCertificateIdsResponse>(
            "GetInstalledCertificateIds", Security, idempotent: true),
        ToCharger<GetLogRequest, GetLogResponse>("GetLog", Security, idempotent: false),
        ToCharger<InstallCertificateRequest, InstallCertificateResponse>("InstallCertificate", Security, idempotent: true),
        ToCharger<SignedUpdateFirmwareRequest, SignedUpdateFirmwareResponse>(
            "SignedUpdateFirmware", Security, idempotent: false));

    private static OcppAction<TRequest, TResponse> FromCharger<TRequest, TResponse>(
        string name, string profile, bool idempotent)
        where TRequest : notnull
        where TResponse : notnull => new(name, profile, ActionDirection.FromCharger, idempotent);

    private static OcppAction<TRequest, TResponse> ToCharger<TRequest, TResponse>(
        string name, string profile, bool idempotent)
        where TRequest : notnull
        where TResponse : notnull => new(name, profile, ActionDirection.ToCharger, idempotent);

    private static OcppAction<TRequest, TResponse> Both<TRequest, TResponse>(
        string name, string profile, bool idempotent)
        where TRequest : notnull
        where TResponse : notnull => new(name, profile, ActionDirection.Both, idempotent);
}
