namespace EvCharge.Ocpp.V16.RemoteTrigger;

/// <summary>Asks the charger for a message it would send on its own (OCPP 1.6 §6.51).</summary>
/// <param name="RequestedMessage">One of <see cref="MessageTrigger"/>.</param>
/// <param name="ConnectorId">Null where the message belongs to no connector, or for all of them.</param>
public sealed record TriggerMessageRequest(
    [OneOf(typeof(MessageTrigger))] string RequestedMessage,
    [Range(1, int.MaxValue)] int? ConnectorId = null) : ITrigger
{
    public string TriggeredAction => RequestedMessage;

    public int? TriggeredConnector => MessageTrigger.IsAboutConnectors(RequestedMessage) ? ConnectorId : null;

    public bool TriggersRepeatedly => ConnectorId is null && MessageTrigger.IsAboutConnectors(RequestedMessage);
}

/// <param name="Status">One of <see cref="TriggerMessageStatus"/>.</param>
public sealed record TriggerMessageResponse([OneOf(typeof(TriggerMessageStatus))] string Status);

/// <summary>Messages that can be asked for (OCPP 1.6 §7.32).</summary>
public static class MessageTrigger
{
    public const string BootNotification = "BootNotification";
    public const string DiagnosticsStatusNotification = "DiagnosticsStatusNotification";
    public const string FirmwareStatusNotification = "FirmwareStatusNotification";
    public const string Heartbeat = "Heartbeat";
    public const string MeterValues = "MeterValues";
    public const string StatusNotification = "StatusNotification";

    internal static bool IsAboutConnectors(string message) => message is MeterValues or StatusNotification;
}

/// <summary>Answers to a request for a message (OCPP 1.6 §7.44).</summary>
public static class TriggerMessageStatus
{
    public const string Accepted = "Accepted";
    public const string Rejected = "Rejected";
    public const string NotImplemented = "NotImplemented";
}
