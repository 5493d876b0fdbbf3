using EvCharge.Domain.Commands;
using EvCharge.History.Commands;
using EvCharge.Ocpp;

namespace EvCharge.Grains.Chargers.V16;

/// <summary>What the errors of OCPP-J 1.6 mean (§4.2.3 of its specification).</summary>
internal static class Errors
{
    /// <summary>The charger does not know the operation, or not the whole profile that it is of.</summary>
    public static bool AreUnsupported(CommandRecord ended) =>
        ended is { Status: CommandStatus.Error, ErrorCode: ErrorCode.NotImplemented or ErrorCode.NotSupported };
}
