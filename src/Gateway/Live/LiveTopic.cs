using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;

namespace EvCharge.Gateway.Live;

internal enum LiveSubject
{
    Overview,
    Site,
    Charger,
}

/// <summary>What a stream tells of: the sites of a tenant, the connectors of a site, or those of a charger.</summary>
/// <param name="Scope">Which sites an overview is of. What else is told of is the same for all who may be told.</param>
/// <param name="Name">Of the site or charger; empty for the overview, and for chargers without site.</param>
internal readonly record struct LiveTopic(SiteScope Scope, LiveSubject Subject, string Name)
{
    private const int Most = 10;
    private const string Overview = "overview";
    private const string OfSite = "site:";
    private const string OfCharger = "charger:";

    public TenantId Tenant => Scope.Tenant;

    public SiteId Site => new(Tenant, Name);

    public ChargerId Charger => new(Tenant, Name);

    /// <summary>Reads a list with commas between.</summary>
    /// <exception cref="ApiFault">400 for one that names nothing that there could be, or too much.</exception>
    public static LiveTopic[] Read(Caller caller, string? topics)
    {
        string[] names = [.. (topics ?? Overview).Split(',').Distinct(StringComparer.Ordinal)];
        return names.Length <= Most
            ? Array.ConvertAll(names, name => One(caller, name))
            : throw ApiFault.BadRequest("topics", $"must be {Most} at most");
    }

    public override string ToString() => Subject switch
    {
        LiveSubject.Site => OfSite + Name,
        LiveSubject.Charger => OfCharger + Name,
        _ => Overview,
    };

    private static LiveTopic One(Caller caller, string topic) => topic switch
    {
        Overview => new LiveTopic(caller.Scope, LiveSubject.Overview, ""),
        OfSite => new LiveTopic(SiteScope.All(caller.Tenant), LiveSubject.Site, ""),
        _ when topic.StartsWith(OfSite, StringComparison.Ordinal) && SiteId.TryParse(caller.Tenant, topic[OfSite.Length..], out var site) =>
            new LiveTopic(SiteScope.All(caller.Tenant), LiveSubject.Site, site.Name),
        _ when topic.StartsWith(OfCharger, StringComparison.Ordinal) && ChargerId.TryParse(caller.Tenant, topic[OfCharger.Length..], out var charger) =>
            new LiveTopic(SiteScope.All(caller.Tenant), LiveSubject.Charger, charger.Name),
        _ => throw ApiFault.BadRequest("topics", "must be overview, site:NAME or charger:NAME, with commas between"),
    };
}
