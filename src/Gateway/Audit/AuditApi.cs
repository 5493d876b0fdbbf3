using System.Text.Json;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Exports;
using EvCharge.Gateway.Security;
using EvCharge.History.Audit;

namespace EvCharge.Gateway.Audit;

/// <summary>Who changed and commanded what.</summary>
internal static class AuditApi
{
    private const string List = "audit";

    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        api.MapGet("/audit", Page).RequirePermission(Permission.ReadAudit).WithTags("Audit")
            .WithName("listAudit").WithSummary("Changes and commands, newest first");
        api.MapGet("/audit.ndjson", Export).RequirePermission(Permission.ReadAudit).WithTags("Audit")
            .Produces<AuditEntry>(StatusCodes.Status200OK, JsonLines.MediaType)
            .WithName("exportAudit").WithSummary("All of it as lines of JSON, oldest first, as it was chained");
        api.MapGet("/audit/verification", Verify).RequirePermission(Permission.ReadAudit).WithTags("Audit")
            .WithName("verifyAudit").WithSummary("Whether each entry still follows from the one before");
    }

    private static Task<Page<AuditView>> Page(
        Caller caller, [AsParameters] AuditSearch search, [AsParameters] PageRequest page, AuditLog log) =>
        page.Read(
            List,
            (before, limit) => log.List(caller.Tenant, search.Filter(), RowId.Read(before), limit),
            entry => RowId.Write(entry.Number),
            AuditView.Of);

    private static JsonLines<AuditEntry> Export(Caller caller, AuditLog log) =>
        new($"{caller.Tenant}-audit", log.All(caller.Tenant));

    private static Task<AuditVerdict> Verify(Caller caller, AuditLog log, CancellationToken cancel) => log.Verify(caller.Tenant, cancel);
}

/// <summary>What a caller looks for; members left out do not filter, <c>from</c> and <c>to</c> are half-open.</summary>
/// <param name="Author">User name, or api-key/id.</param>
/// <param name="Action">The operation as this description names it: putSite, callCharger and so on.</param>
public readonly record struct AuditSearch(string? Author, string? Action, DateTimeOffset? From, DateTimeOffset? To)
{
    internal AuditFilter Filter() => new(Author, Action, From?.ToUniversalTime(), To?.ToUniversalTime());
}

/// <summary>A change or a command.</summary>
/// <param name="Number">Counts from 1 without gaps.</param>
/// <param name="Author">User name, or api-key/id; system for what nobody asked for; with the tenant before it where it is another.</param>
/// <param name="Address">Where the request came from.</param>
/// <param name="Target">The path of the resource below /api/v1.</param>
/// <param name="Before">The stored resource before a change, without secrets; null where there was none.</param>
/// <param name="After">The stored resource after it; of a command, what was asked for.</param>
/// <param name="Hash">SHA-256 over the entry and the hash of the one before.</param>
public sealed record AuditView(
    long Number,
    DateTimeOffset At,
    string Author,
    string? Address,
    string Action,
    string Target,
    JsonElement? Before,
    JsonElement? After,
    string Hash)
{
    internal static AuditView Of(AuditEntry entry) => new(
        entry.Number, entry.At, entry.Author, entry.Address, entry.Action, entry.Target, StoredJson.Element(entry.Before),
        StoredJson.Element(entry.After), entry.Hash);
}
