using EvCharge.Domain.Identity;
using EvCharge.Gateway.Exports;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Api;

/// <summary>All id tags as a table, and many put at once.</summary>
internal static class TagTransferApi
{
    private const int PageSize = 1_000;

    public static void MapTagTransfer(this IEndpointRouteBuilder api)
    {
        api.MapGet("/tags.csv", Export).RequirePermission(Permission.ReadTags)
            .WithTags("Tags").WithName("exportTags").WithSummary("All id tags as CSV, by name")
            .Produces<string>(StatusCodes.Status200OK, ExportMediaTypes.Csv);
        api.MapPost("/tags/import", Import).RequirePermission(Permission.WriteTags)
            .WithMetadata(new RequestSizeLimitAttribute(TagFile.MaxBytes))
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithTags("Tags").WithName("importTags").WithSummary("Create or replace many id tags, all or none")
            .WithDescription(
                $"The body is {TagFile.Csv} as the export writes it, or {TagFile.Ndjson} with one tag a line; at most "
                + $"{TagFile.MaxTags} tags. Each line replaces its tag as a PUT does; tags that no line names stay. Errors are named "
                + "lines[3].status. With dryRun=true nothing is written.");
    }

    private static TableExport<TagConfiguration> Export(Caller caller, [AsParameters] ExportRequest export, ConfigurationStore store) =>
        new("tags", ExportFormat.Csv, export, TagTable.Columns, All(caller.Tenant, store));

    /// <summary>Page by page, so that no number of tags fills the memory.</summary>
    private static async IAsyncEnumerable<TagConfiguration> All(TenantId tenant, ConfigurationStore store)
    {
        string? last = null;
        IReadOnlyList<Versioned<TagConfiguration>> page;
        do
        {
            page = await store.Tags(tenant, last, PageSize);
            foreach (var tag in page)
            {
                last = tag.Value.IdTag;
                yield return tag.Value;
            }
        }
        while (page.Count == PageSize);
    }

    private static async Task<Ok<TagImport>> Import(
        Caller caller,
        [FromQuery] bool? dryRun,
        HttpContext http,
        ConfigurationStore store,
        Owners owners,
        IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json)
    {
        var file = new TagFile(json.Value.SerializerOptions);
        await file.Read(http.Request);
        await EnsureSites(caller, file, store);
        if (dryRun is true)
        {
            return TypedResults.Ok(TagImport.Of(true, file.Tags.Count, await store.CompareTags(caller.Tenant, file.Tags)));
        }

        var changes = await store.PutTags(caller.Tenant, file.Tags);
        foreach (var change in changes)
        {
            await owners.TagChanged(caller.Tenant, new IdTag(change.After.IdTag));
        }

        return TypedResults.Ok(TagImport.Of(false, file.Tags.Count, changes));
    }

    private static async Task EnsureSites(Caller caller, TagFile file, ConfigurationStore store)
    {
        var known = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var tag in file.Tags)
        {
            foreach (var site in tag.Sites)
            {
                if (!known.TryGetValue(site ?? "", out var exists))
                {
                    exists = SiteId.TryParse(caller.Tenant, site, out var id) && await store.Site(id) is not null;
                    known[site ?? ""] = exists;
                }

                if (!exists)
                {
                    file.Refuse(tag, "sites", $"{site} is not a site");
                }
            }
        }

        file.ThrowIfAny();
    }
}

/// <summary>What an import changed, or would change.</summary>
/// <param name="DryRun">Nothing was written.</param>
/// <param name="Unchanged">Lines that say what is stored already.</param>
public sealed record TagImport(bool DryRun, int Created, int Replaced, int Unchanged, IReadOnlyList<TagImportChange> Changes)
{
    internal static TagImport Of(bool dryRun, int lines, IReadOnlyList<TagChange> changes)
    {
        var created = changes.Count(change => change.Before is null);
        return new TagImport(
            dryRun, created, changes.Count - created, lines - changes.Count,
            [.. changes.Select(change => new TagImportChange(
                change.After.IdTag, change.Before is null ? null : TagView.Of(change.Before), TagView.Of(change.After)))]);
    }
}

/// <summary>A tag before and after.</summary>
/// <param name="Before">Null for a new one.</param>
public sealed record TagImportChange(string IdTag, TagView? Before, TagView After);
