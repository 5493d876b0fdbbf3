using EvCharge.Ocpp.V16.Core;
using EvCharge.Ocpp.V16.RemoteTrigger;

namespace EvCharge.Ocpp.V16;

/// <summary>The operations of OCPP 1.6 that are implemented: its protocol implementation conformance statement.</summary>
public static class Actions
{
    private const string Core = "Core";
    private const string RemoteTrigger = "RemoteTrigger";

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
        ToCharger<TriggerMessageRequest, TriggerMessageResponse>("TriggerMessage", RemoteTrigger, idempotent: true));

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
