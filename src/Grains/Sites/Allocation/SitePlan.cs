using System.Text.Json;
using System.Text.Json.Serialization;
using EvCharge.Domain.Allocation.Limits;
using EvCharge.Domain.Allocation.Sites;
using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;
using NodaTime;

namespace EvCharge.Grains.Sites.Allocation;

/// <summary>A site's configuration, read for its allocation.</summary>
/// <param name="Text">All of it; equal when nothing has changed.</param>
internal sealed record SitePlan(
    SiteLayout Layout, SharingSettings Sharing, double? Limit, WeeklyTable? Schedule, DateTimeZone Zone, string Text)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <param name="settings">In the place of those that are stored.</param>
    /// <returns>Null when there is no such site, or it gives no limits.</returns>
    public static async Task<SitePlan?> Read(ConfigurationStore configuration, SiteId id, string? settings = null)
    {
        if (await configuration.Site(id) is not { Value: var site } || Parse<SharingSettings>(settings ?? site.SmartCharging) is not { Enabled: true } sharing)
        {
            return null;
        }
        var chargers = await configuration.ChargersOf(id);
        var tree = Parse<TreeSettings>(site.Tree) ?? new TreeSettings();
        var layout = SiteLayout.Of(id.Name, site.EnergyUnit == "W", sharing.LaunchEnergy, tree, chargers.Select(Energy));
        return new SitePlan(
            layout, sharing, site.Limit, Weekly(tree), DateTimeZoneProviders.Tzdb.GetZoneOrNull(site.TimeZone) ?? DateTimeZone.Utc,
            JsonSerializer.Serialize(new { site, chargers = chargers.Select(each => new { each.Charger, each.Parameters, each.Connectors }) }, Format));
    }

    /// <summary>The moment with the offset of the site's zone.</summary>
    public DateTimeOffset Local(DateTimeOffset now) => Instant.FromDateTimeOffset(now).InZone(Zone).ToDateTimeOffset();

    /// <summary>What may pass through the grid connection.</summary>
    public NodeLimit LimitWith(SiteState kept) => new()
    {
        Static = Limit,
        Schedule = Schedule,
        External = kept.External,
        Operator = kept.Operator,
    };

    /// <summary>What might pass through it if that were its limit; null for the site's own and its schedule.</summary>
    public NodeLimit LimitOr(double? limit) => limit is null ? LimitWith(new SiteState()) : new NodeLimit { Static = limit };

    private static WeeklyTable? Weekly(TreeSettings tree) => tree.Schedule is { Count: > 0 } entries
        ? new WeeklyTable(entries.Select(entry => new WeeklyEntry(entry.Day, entry.From, entry.Limit)))
        : null;

    private static ChargerEnergy Energy(ChargerConfiguration charger)
    {
        var own = Parse<ChargerText>(charger.Parameters) ?? new ChargerText();
        return new ChargerEnergy(
            charger.Charger, own, own.Sharing,
            charger.Connectors.ToDictionary(connector => connector.Connector, connector => Parse<EnergySettings>(connector.Parameters) ?? new EnergySettings()));
    }

    private static T? Parse<T>(string? text)
        where T : class => text is null ? null : JsonSerializer.Deserialize<T>(text, Format);

    private sealed record ChargerText : EnergySettings
    {
        public string? Sharing { get; init; }
    }
}
