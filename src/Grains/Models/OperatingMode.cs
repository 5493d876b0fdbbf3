using System.Text.Json;
using EvCharge.Domain.Models;

namespace EvCharge.Grains.Models;

/// <summary>How a charger takes limits, where its own settings say so.</summary>
internal static class OperatingMode
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <param name="parameters">The charger's energy parameters as they are stored; null for none.</param>
    /// <returns>Null when they say nothing of it.</returns>
    public static ChargingMode? Of(string? parameters) =>
        (parameters is null ? null : JsonSerializer.Deserialize<Stored>(parameters, Format))?.OperatingMode switch
        {
            { ValueKind: JsonValueKind.Object } members => members.Deserialize<ChargingMode>(Format),
            { ValueKind: JsonValueKind.String } name => ChargingModeRules.Named(name.GetString()!),
            _ => null,
        };

    private sealed record Stored(JsonElement? OperatingMode = null);
}
