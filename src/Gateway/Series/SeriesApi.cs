using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using EvCharge.History.Queries;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Series;

/// <summary>Curves of what was measured and shared, with no more points than a screen can show.</summary>
internal static class SeriesApi
{
    public static void MapSeries(this IEndpointRouteBuilder api) =>
        api.MapGet("/series", Read).RequirePermission(Permission.ReadTransactions).NarrowedToSites()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithTags("Series").WithName("getSeries").WithSummary("Up to 8 curves over a period, gathered into as many spans as are asked for")
            .WithDescription(
                "A tag is charger/{charger}/connector/{number}/{name}, with power (W), energy (Wh), soc (%), temperature (°C), current.l1 to "
                + "l3 (A), voltage.l1 to l3 (V) or limit (A), or site/{site}/{name}, with free, inForce, drawn (A or W), charging or "
                + "waiting. Each span keeps its least, greatest and last value; spans without a value are left out.");

    private static async Task<SeriesAnswer> Read(
        Caller caller,
        [FromQuery(Name = "tag")] string[] tags,
        DateTimeOffset from,
        DateTimeOffset to,
        int? points,
        ConfigurationStore store,
        SeriesQueries samples,
        AllocationQueries allocation,
        SiteAccess access,
        CancellationToken cancel)
    {
        var request = SeriesRequest.Checked(caller, tags, from, to, points);
        var sites = new Dictionary<ChargerId, SiteId?>();
        foreach (var charger in request.Tags.Where(tag => tag.Shared is null).Select(tag => tag.Charger).Distinct())
        {
            await access.Ensure(caller, charger);
            var found = await store.Charger(charger) ?? throw ApiFault.NotFound("There is no such charger.");
            sites[charger] = found.Value.Site is { } site ? caller.Site(site) : null;
        }

        foreach (var site in request.Tags.Where(tag => tag.Shared is not null).Select(tag => tag.Site).Distinct())
        {
            _ = (caller.Scope.Covers(site.Name) ? await store.Site(site) : null) ?? throw ApiFault.NotFound("There is no such site.");
        }

        var series = await new SeriesReader(samples, allocation, request).Read(charger => sites[charger], cancel);
        return new SeriesAnswer(request.From, request.To, request.Span.TotalSeconds, series);
    }
}

/// <summary>Curves that are asked for.</summary>
/// <param name="Span">Of a point.</param>
internal sealed record SeriesRequest(IReadOnlyList<SeriesTag> Tags, DateTimeOffset From, DateTimeOffset To, TimeSpan Span)
{
    private const int MostTags = 8;
    private const int MostPoints = 5_000;
    private const int DefaultPoints = 1_500;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    /// <exception cref="ApiFault">422 naming every member at fault.</exception>
    public static SeriesRequest Checked(Caller caller, string[] texts, DateTimeOffset from, DateTimeOffset to, int? points)
    {
        var tags = texts.Select(text => SeriesTag.TryParse(caller.Tenant, text, out var tag) ? tag : null).ToArray();
        new Checks()
            .That(tags.Length is > 0 and <= MostTags, "tag", $"must be 1 to {MostTags} curves")
            .That(tags.All(tag => tag is not null), "tag", SeriesTag.Grammar)
            .That(tags.Distinct().Count() == tags.Length, "tag", "must name no curve twice")
            .That(from < to, "to", "must be after from")
            .That(to - from <= Longest, "from", $"must be at most {Longest.Days} days before to")
            .Range(points, "points", 1, MostPoints)
            .ThrowIfAny();
        var span = (to - from) / (points ?? DefaultPoints);
        return new SeriesRequest(tags!, from.ToUniversalTime(), to.ToUniversalTime(), span < Shortest ? Shortest : span);
    }
}

/// <summary>Curves over a period.</summary>
/// <param name="From">UTC; half-open with <paramref name="To"/>.</param>
/// <param name="SpanSeconds">How long a time a point stands for.</param>
/// <param name="Series">In the order of the tags that were asked for.</param>
public sealed record SeriesAnswer(DateTimeOffset From, DateTimeOffset To, double SpanSeconds, IReadOnlyList<SeriesView> Series);

/// <summary>A curve: columns of one length, in the order of time.</summary>
/// <param name="Unit">Empty for a count.</param>
/// <param name="At">Of the last value of each span, ms since 1970.</param>
/// <param name="Min">Least value of each span.</param>
/// <param name="Max">Greatest value of each span.</param>
/// <param name="Last">Last value of each span.</param>
public sealed record SeriesView(
    string Tag, string Unit, IReadOnlyList<long> At, IReadOnlyList<double> Min, IReadOnlyList<double> Max, IReadOnlyList<double> Last)
{
    internal static SeriesView Of(string tag, string unit, IReadOnlyCollection<Bucket> spans) => new(
        tag,
        unit,
        [.. spans.Select(span => span.At.ToUnixTimeMilliseconds())],
        [.. spans.Select(span => span.Min)],
        [.. spans.Select(span => span.Max)],
        [.. spans.Select(span => span.Last)]);
}
