using System.Text.Json;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Commands;
using EvCharge.Ocpp.V16.Core;

namespace EvCharge.Gateway.Api;

/// <summary>What became of a ChangeConfiguration that decides how the charger comes back.</summary>
internal static class ConfigurationChange
{
    /// <summary>False when the charger does not go by it; true also while nobody knows.</summary>
    public static bool MayHold(CommandSnapshot ended) => ended.Status switch
    {
        CommandStatus.Answered => StatusOf(ended.Result) is ConfigurationStatus.Accepted or ConfigurationStatus.RebootRequired,
        CommandStatus.Timeout or CommandStatus.Unknown => true,
        _ => false,
    };

    private static string? StatusOf(ReadOnlyMemory<byte> result) =>
        StoredJson.Element(result) is { ValueKind: JsonValueKind.Object } answer && answer.TryGetProperty("status", out var status)
        && status.ValueKind == JsonValueKind.String ? status.GetString() : null;
}
