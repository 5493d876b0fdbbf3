using System.Globalization;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.Ocpp;

namespace EvCharge.Grains.Chargers;

/// <summary>One CALL of a charger on its way through a handler.</summary>
internal sealed record CallContext(IChargerShell Shell, OcppFrame Call, DeviationList Deviations)
{
    /// <summary>No charge point has more; what names a higher connector is kept on the charger as a whole.</summary>
    public const int MostConnectors = 64;

    public DateTimeOffset ReceivedAt => Call.ReceivedAt;

    /// <summary>When something happened that the charger stamped.</summary>
    public EventTime TimeOf(OcppTimestamp stamp) => EventTime.Settle(Shell.Quirks.MomentOf(stamp), ReceivedAt);

    /// <summary>Before it is adopted a charger may boot and beat (OCPP 1.6 §4.2: Pending), and nothing else.</summary>
    /// <exception cref="OcppFault">It waits for its adoption.</exception>
    public void MustBeAdopted()
    {
        if (!Shell.Adopted)
        {
            throw new OcppFault(ErrorCode.SecurityError, "This charger waits to be adopted by its operator.");
        }
    }

    /// <summary>The connector that a frame names; 0, the charger as a whole, for a number that cannot be one.</summary>
    public ConnectorId Connector(int number)
    {
        if (number is >= 0 and <= MostConnectors)
        {
            return new ConnectorId(Shell.Id, number);
        }

        Deviations.Add(new Deviation(DeviationRule.OutOfRange, "connectorId", number.ToString(CultureInfo.InvariantCulture)));
        return new ConnectorId(Shell.Id, 0);
    }
}
