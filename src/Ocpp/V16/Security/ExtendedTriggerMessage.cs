using EvCharge.Ocpp.V16.RemoteTrigger;

namespace EvCharge.Ocpp.V16.Security;

/// <summary>
/// Asks the charger for a message it would send on its own, those of the security extension included (OCPP 1.6 security
/// whitepaper, ExtendedTriggerMessage.req).
/// </summary>
/// <param name="RequestedMessage">One of <see cref="ExtendedMessageTrigger"/>.</param>
/// <param name="ConnectorId">Null where the message belongs to no connector, or for all of them.</param>
public sealed record ExtendedTriggerMessageRequest(
    [OneOf(typeof(ExtendedMessageTrigger))] string RequestedMessage,
    [Range(1, int.MaxValue)] int? ConnectorId = null) : ITrigger
{
    public string TriggeredAction => RequestedMessage switch
    {
        ExtendedMessageTrigger.SignChargePointCertificate => "SignCertificate",
        ExtendedMessageTrigger.FirmwareStatusNotification => "SignedFirmwareStatusNotification",
        _ => RequestedMessage,
    };

    public int? TriggeredConnector => MessageTrigger.IsAboutConnectors(RequestedMessage) ? ConnectorId : null;

    public bool TriggersRepeatedly => ConnectorId is null && MessageTrigger.IsAboutConnectors(RequestedMessage);
}

/// <param name="Status">One of <see cref="ExtendedTriggerMessageStatus"/>.</param>
public sealed record ExtendedTriggerMessageResponse([OneOf(typeof(ExtendedTriggerMessageStatus))] string Status);

/// <summary>Messages that can be asked for.</summary>
public static class ExtendedMessageTrigger
{
    public const string BootNotification = "BootNotification";
    public const string LogStatusNotification = "LogStatusNotification";
    public const string FirmwareStatusNotification = "FirmwareStatusNotification";
    public const string Heartbeat = "Heartbeat";
    public const string MeterValues = "MeterValues";
    public const string SignChargePointCertificate = "SignChargePointCertificate";
    public const string StatusNotification = "StatusNotification";
}

/// <summary>Answers to a request for a message.</summary>
public static class ExtendedTriggerMessageStatus
{
    public const string Accepted = "Accepted";
    public const string Rejected = "Rejected";
    public const string NotImplemented = "NotImplemented";
}
