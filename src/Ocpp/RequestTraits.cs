namespace EvCharge.Ocpp;

/// <summary>A request to the charger for a message that it would send on its own.</summary>
public interface ITrigger
{
    /// <summary>The message that is asked for.</summary>
    string TriggeredAction { get; }

    /// <summary>The connector that the message is to be about; null for each of them, or where messages are about none.</summary>
    int? TriggeredConnector { get; }

    /// <summary>One message for each connector is asked for.</summary>
    bool TriggersRepeatedly { get; }
}

/// <summary>A request whose number comes back in the charger's reports about it.</summary>
public interface INumberedRequest
{
    int RequestId { get; }
}
