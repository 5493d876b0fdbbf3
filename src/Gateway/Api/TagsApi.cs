using System.Globalization;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Allocation;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Api;

/// <summary>The id tags of drivers. Two that differ only in case are the same tag.</summary>
internal static class TagsApi
{
    private const string List = "tags";

    public static void MapTags(this IEndpointRouteBuilder api)
    {
        var tags = api.MapGroup("/tags").WithTags("Tags");
        tags.MapGet("", Page).RequirePermission(Permission.ReadTags)
            .WithName("listTags").WithSummary("Id tags by name");
        tags.MapGet("/{idTag}", Get).RequirePermission(Permission.ReadTags)
            .WithName("getTag").WithSummary("One id tag");
        tags.MapPut("/{idTag}", Put).RequirePermission(Permission.WriteTags).Replaces()
            .WithName("putTag").WithSummary("Create or replace an id tag");
        tags.MapDelete("/{idTag}", Delete).RequirePermission(Permission.WriteTags)
            .WithName("deleteTag").WithSummary("Delete an id tag: chargers are told Invalid from then on");
    }

    private static Task<Page<TagView>> Page(Caller caller, [AsParameters] PageRequest page, ConfigurationStore store) =>
        page.Read(
            List,
            (after, limit) => store.Tags(caller.Tenant, after, limit),
            row => new IdTag(row.Value.IdTag).Key,
            row => TagView.Of(row.Value));

    private static async Task<Ok<TagView>> Get(Caller caller, string idTag, HttpContext http, ConfigurationStore store)
    {
        var found = await store.Tag(caller.Tenant, Ids.Tag(idTag)) ?? throw ApiFault.NotFound("There is no such tag.");
        return RowVersions.Answer(http, TagView.Of(found.Value), found.RowVersion);
    }

    private static async Task<Results<Ok<TagView>, Created<TagView>>> Put(
        Caller caller,
        string idTag,
        TagInput body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpContext http,
        ConfigurationStore store,
        Owners owners)
    {
        var id = Ids.Tag(idTag);
        var configuration = body.Checked(id);
        for (var index = 0; index < configuration.Sites.Count; index++)
        {
            // A list of JSON may hold null, whatever the type says.
            await Configuration.EnsureSite(store, caller, configuration.Sites[index] ?? "", $"sites[{index}]");
        }

        var written = RowVersions.Ensure(await store.PutTag(caller.Tenant, configuration, RowVersions.Expected(ifMatch)));
        await owners.TagChanged(caller.Tenant, id);

        // A vehicle may have listed the tag before there was one.
        var stored = await store.Tag(caller.Tenant, id);
        return RowVersions.Put(http, written, TagView.Of(stored?.Value ?? configuration));
    }

    private static async Task<NoContent> Delete(
        Caller caller,
        string idTag,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        ConfigurationStore store,
        Owners owners)
    {
        var id = Ids.Tag(idTag);
        var answer = RowVersions.Deleted(await store.DeleteTag(caller.Tenant, id, RowVersions.Expected(ifMatch)), "tag");
        await owners.TagChanged(caller.Tenant, id);
        return answer;
    }
}

/// <summary>An id tag as it is put.</summary>
/// <param name="IdTag">May repeat the tag in the path.</param>
/// <param name="Status">Accepted (default), Blocked, Expired or Invalid.</param>
/// <param name="Expiry">When the tag ends to be valid; null for never.</param>
/// <param name="Parent">Its group, at most 255 printable characters; null for none.</param>
/// <param name="Sites">Names of the sites where it may charge; none for all.</param>
/// <param name="Priority">0 (last) to 9 (first); null for the connector's.</param>
/// <param name="Vehicle">The vehicle it belongs to; null for none.</param>
/// <param name="ConcurrentTransactions">allow or refuse: whether it may charge twice at once; null for the tenant's setting.</param>
/// <param name="Departure">The time of day, at the site, when its vehicle leaves, 07:30; null when nobody knows.</param>
/// <param name="EnergyWh">What its vehicle needs of each charge, Wh; null when nobody knows.</param>
public sealed record TagInput(
    string? IdTag = null,
    string? Status = null,
    DateTimeOffset? Expiry = null,
    string? Parent = null,
    IReadOnlyList<string>? Sites = null,
    int? Priority = null,
    string? Vehicle = null,
    string? ConcurrentTransactions = null,
    string? Departure = null,
    double? EnergyWh = null)
{
    private const int MaxSites = 100;
    internal const string TimeOfDay = "HH:mm";

    internal TagConfiguration Checked(IdTag id)
    {
        var departure = TimeOnly.MinValue;
        new Checks()
            .That(IdTag is null || new IdTag(IdTag) == id, "idTag", "must be the tag in the path")
            .OneOf(Status, "status", AuthorizationStatus.Configurable)
            .That(Parent is null || Ids.IsPrintable(Parent, Domain.Identity.IdTag.MaxLength), "parent", "must be 1 to 255 printable characters")
            .That(Sites is null || Sites.Count <= MaxSites, "sites", $"must be at most {MaxSites}")
            .Range(Priority, "priority", 0, 9)
            .Text(Vehicle, "vehicle", 80)
            .OneOf(ConcurrentTransactions, "concurrentTransactions", Domain.Authorization.ConcurrentTransactions.All)
            .That(
                Departure is null || TimeOnly.TryParseExact(Departure, TimeOfDay, CultureInfo.InvariantCulture, DateTimeStyles.None, out departure),
                "departure",
                "must be a time of day, 07:30")
            .Range(EnergyWh, "energyWh", 0, SessionNeedsInput.MostEnergyWh)
            .ThrowIfAny();
        return new TagConfiguration(
            id.Value,
            Status ?? AuthorizationStatus.Accepted,
            Expiry?.ToUniversalTime(),
            Parent,
            [.. Sites ?? []],
            Priority,
            Vehicle,
            ConcurrentTransactions,
            Departure is null ? null : departure,
            EnergyWh);
    }
}

/// <summary>An id tag. Members as in <see cref="TagInput"/>.</summary>
public sealed record TagView(
    string IdTag,
    string Status,
    DateTimeOffset? Expiry,
    string? Parent,
    IReadOnlyList<string> Sites,
    int? Priority,
    string? Vehicle,
    string? ConcurrentTransactions,
    string? Departure,
    double? EnergyWh)
{
    internal static TagView Of(TagConfiguration tag) =>
        new(tag.IdTag, tag.Status, tag.Expiry, tag.Parent, tag.Sites, tag.Priority, tag.Vehicle, tag.ConcurrentTransactions,
            tag.Departure?.ToString(TagInput.TimeOfDay, CultureInfo.InvariantCulture), tag.EnergyWh);
}
