using System.Text.Json;
using System.Text.Json.Serialization;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.ChargingProfiles;
using EvCharge.Gateway.OperatingModes;
using EvCharge.History.Configuration;

namespace EvCharge.Gateway.Documents;

/// <summary>Configured things as a document shows them: with the members that a put takes, without those that nobody set.</summary>
internal static class DocumentText
{
    public static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static JsonElement Of(SiteConfiguration site) => JsonSerializer.SerializeToElement(SiteView.Of(site), Format);

    public static JsonElement Of(ProfileTemplate template) => JsonSerializer.SerializeToElement(ProfileTemplateView.Of(template), Format);

    public static JsonElement Of(OperatingModeConfiguration mode) => JsonSerializer.SerializeToElement(OperatingModeView.Of(mode), Format);

    public static JsonElement Of(ChargerConfiguration charger) => JsonSerializer.SerializeToElement(
        (StoredJson.Read<ChargerInput>(charger.Parameters) ?? new ChargerInput()) with
        {
            Charger = charger.Charger,
            Site = charger.Site,
            SecurityProfile = charger.SecurityProfile,
            FrameLog = charger.FrameLog,
            Ping = charger.Ping,
            TimeZone = charger.TimeZone,
            LocalList = charger.LocalList,
            ClearCache = charger.ClearCache,
            Connectors = new ConnectorList([.. charger.Connectors.Select(connector =>
                (StoredJson.Read<ConnectorInput>(connector.Parameters) ?? new ConnectorInput()) with { Connector = connector.Connector })]),
        },
        Format);
}

/// <summary>A document as it is shown; its members are those of <see cref="ConfigurationDocument"/>.</summary>
internal sealed record DocumentView(
    IReadOnlyList<JsonElement> Sites,
    IReadOnlyList<JsonElement> Chargers,
    IReadOnlyList<JsonElement> ProfileTemplates,
    IReadOnlyList<JsonElement> OperatingModes)
{
    public static DocumentView Of(StandingConfiguration standing) => new(
        [.. standing.Sites.Values.Select(row => DocumentText.Of(row.Value))],
        [.. standing.Chargers.Values.Select(row => DocumentText.Of(row.Value))],
        [.. standing.ProfileTemplates.Values.Select(row => DocumentText.Of(row.Value))],
        [.. standing.OperatingModes.Values.Select(row => DocumentText.Of(row.Value))]);
}
