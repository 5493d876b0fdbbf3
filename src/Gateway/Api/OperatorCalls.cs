using System.Collections.Frozen;
using System.Text.Json;
using EvCharge.Gateway.Security;

namespace EvCharge.Gateway.Api;

/// <summary>
/// The calls of daily work, which an operator may send. Whatever changes a charger for good, its configuration, firmware,
/// keys and lists, needs the permission for any call; so does an operation that nobody has put here yet.
/// </summary>
internal static class OperatorCalls
{
    private static readonly FrozenSet<string> Safe = new[]
    {
        "CancelReservation", "ChangeAvailability", "ClearCache", "ClearChargingProfile", "ExtendedTriggerMessage",
        "GetCompositeSchedule", "GetConfiguration", "GetLocalListVersion", "RemoteStartTransaction",
        "RemoteStopTransaction", "ReserveNow", "Reset", "SetChargingProfile", "TriggerMessage", "UnlockConnector",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What a caller needs at least; some payloads of a call of daily work need more.</summary>
    public static string PermissionFor(string action) => Safe.Contains(action) ? Permission.SendCalls : Permission.SendAnyCall;

    /// <exception cref="ApiFault">403 when the caller's role does not allow the call.</exception>
    public static void EnsureAllowed(Caller caller, string action, ReadOnlyMemory<byte> payload)
    {
        if (!caller.Has(Permission.SendAnyCall) && !IsSafe(action, payload))
        {
            throw new ApiFault(StatusCodes.Status403Forbidden, "forbidden", "Your role does not allow this call.");
        }
    }

    private static bool IsSafe(string action, ReadOnlyMemory<byte> payload) => Safe.Contains(action) && action switch
    {
        "Reset" => Text(payload, "type") == "Soft",
        "SetChargingProfile" => Text(payload, "csChargingProfiles", "chargingProfilePurpose") is "TxProfile" or "TxDefaultProfile",
        _ => true,
    };

    private static string? Text(ReadOnlyMemory<byte> payload, params ReadOnlySpan<string> path)
    {
        var element = JsonSerializer.Deserialize<JsonElement>(payload.Span);
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
    }
}
