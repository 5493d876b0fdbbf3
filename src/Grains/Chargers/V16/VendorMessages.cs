using System.Globalization;
using System.Text.Json;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Models;
using EvCharge.Domain.Vehicles;
using EvCharge.Ocpp.V16.Core;

namespace EvCharge.Grains.Chargers.V16;

/// <summary>
/// What a charger says in messages of its vendor (OCPP 1.6 §4.3). Known are those in which vehicles identify themselves, as the
/// charger's model says; of others the charger is told so rather than left waiting.
/// </summary>
internal static class VendorMessages
{
    public static HandlerTable AddTo(HandlerTable table) => table
        .On<DataTransferRequest, DataTransferResponse>(DataTransfer);

    /// <summary>The text or number at a path in JSON; the whole text without a path; null where there is none.</summary>
    public static string? TextAt(string? data, string? path)
    {
        if (data is null || path is null)
        {
            return data;
        }

        try
        {
            using var json = JsonDocument.Parse(data);
            var found = json.RootElement;
            foreach (var name in path.Split('.'))
            {
                if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found))
                {
                    return null;
                }
            }

            return found.ValueKind switch
            {
                JsonValueKind.String => found.GetString(),
                JsonValueKind.Number => found.GetRawText(),
                _ => null,
            };
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // No JSON, or text with half a surrogate pair: it says nothing, and the charger is told so.
            return null;
        }
    }

    private static async ValueTask<DataTransferResponse> DataTransfer(DataTransferRequest request, CallContext context)
    {
        var known = context.Shell.Quirks.VehicleMessages.Where(message => IsSame(message.VendorId, request.VendorId)).ToList();
        if (known.Count == 0)
        {
            return new DataTransferResponse(DataTransferStatus.UnknownVendorId);
        }

        if (known.Find(message => message.MessageId is null || IsSame(message.MessageId, request.MessageId)) is not { } message)
        {
            return new DataTransferResponse(DataTransferStatus.UnknownMessageId);
        }

        var taken = context.Shell.Adopted && await Identify(message, request.Data, context);
        return new DataTransferResponse(taken ? DataTransferStatus.Accepted : DataTransferStatus.Rejected);
    }

    private static async ValueTask<bool> Identify(VehicleMessage message, string? data, CallContext context)
    {
        if (VehicleIdentity.Of(TextAt(data, message.Path)) is not { } identity)
        {
            await context.Shell.RecordEvent(
                "vehicle-unreadable", context.Call, $"A message of {message.VendorId} should identify a vehicle and does not.");
            return false;
        }

        if (ConnectorIn(message, data, context.Shell) is not { } connector)
        {
            await context.Shell.RecordEvent(
                "vehicle-unknown", context.Call, $"{identity} was identified; at which connector was not said.");
            return false;
        }

        return await context.Shell.Identify(connector, identity, context.Call);
    }

    /// <summary>The connector that the message names. Without one the charger must have no other than 1: nothing is guessed.</summary>
    private static ConnectorId? ConnectorIn(VehicleMessage message, string? data, IChargerShell shell)
    {
        if (message.ConnectorPath is null)
        {
            return shell.HasOneConnector ? new ConnectorId(shell.Id, 1) : null;
        }

        return int.TryParse(TextAt(data, message.ConnectorPath), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and <= CallContext.MostConnectors
            ? new ConnectorId(shell.Id, number)
            : null;
    }

    private static bool IsSame(string expected, string? sent) => string.Equals(expected, sent, StringComparison.OrdinalIgnoreCase);
}
