using System.Text.Json;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Models;
using EvCharge.History.Configuration;

namespace EvCharge.Grains.Models;

/// <summary>How a charger takes limits, where its own settings say so.</summary>
internal static class OperatingMode
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <param name="charger">Null for one that is not configured.</param>
    /// <returns>Null when its settings say nothing of it.</returns>
    public static async Task<ChargingMode?> Of(ChargerId id, ChargerConfiguration? charger, ConfigurationStore library) =>
        (charger?.Parameters is { } text ? JsonSerializer.Deserialize<Stored>(text, Format) : null)?.OperatingMode switch
        {
            { ValueKind: JsonValueKind.Object } members => members.Deserialize<ChargingMode>(Format),
            { ValueKind: JsonValueKind.String } name => await Named(name.GetString()!, new SiteId(id.Tenant, charger?.Site ?? ""), library),
            _ => null,
        };

    private static async Task<ChargingMode?> Named(string name, SiteId site, ConfigurationStore library) =>
        ChargingModeRules.Named(name) ?? (await library.OperatingModeAt(site, name))?.Content;

    private sealed record Stored(JsonElement? OperatingMode = null);
}
