using EvCharge.Contracts.Chargers;
using EvCharge.Ocpp;

namespace EvCharge.Grains.Chargers;

/// <summary>Tells whether a message of the charger is one that a command asked for.</summary>
internal static class Trigger
{
    public static bool IsAnsweredBy(this ITrigger trigger, OcppFrame call) =>
        call.Action == trigger.TriggeredAction
        && (trigger.TriggeredConnector is not { } connector
            || connector == Payload.Read<AboutConnector>(call.Payload, new DeviationList()).ConnectorId);

    /// <summary>The one member of a message that says what it is about.</summary>
    private sealed record AboutConnector(int? ConnectorId = null);
}
