using System.Collections.Immutable;
using System.Globalization;
using EvCharge.Contracts.Chargers;
using EvCharge.Contracts.Frames;
using EvCharge.Domain.Frames;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Audit;
using EvCharge.Gateway.Exports;
using EvCharge.Gateway.Frames;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using EvCharge.History.Frames;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Api;

/// <summary>The frame logs of chargers: messages as they went over the socket.</summary>
internal static class FramesApi
{
    private const string List = "frames";

    /// <summary>Entries that an export reads at a time.</summary>
    private const int ExportPage = 500;

    public static void MapFrames(this IEndpointRouteBuilder api)
    {
        api.MapGet("/frames", Page).RequirePermission(Permission.ReadFrames).NarrowedToSites().WithTags("Frames")
            .WithName("listFrames").WithSummary("Stored messages of a charger, newest first");
        api.MapGet("/frames.ndjson", Export).RequirePermission(Permission.ReadFrames).NarrowedToSites().WithTags("Frames")
            .WithName("exportFrames").WithSummary("The same as lines of JSON, oldest first")
            .Produces<FrameView>(StatusCodes.Status200OK, JsonLines.MediaType);
        api.MapGet("/chargers/{charger}/frames/recent", Recent).RequirePermission(Permission.ReadFrames).WithTags("Frames")
            .WithName("recentFrames").WithSummary("The newest messages of a charger, from its gateway's memory");
        api.MapPost("/chargers/{charger}/replay", Replay).RequirePermission(Permission.ReplayFrames).Unaudited().WithTags("Frames")
            .WithName("replayFrames").WithSummary("Run logged messages through the rules once more and compare with the record")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Page<FrameView>> Page(
        Caller caller, [AsParameters] FrameSearch search, [AsParameters] PageRequest page, FrameLog frames, SiteAccess sites)
    {
        var (charger, filter) = (search.Of(caller), search.Filter());
        await sites.Ensure(caller, charger);
        return await page.Read(
            List,
            (before, limit) => frames.List(charger, filter, ReadCursor(before), limit),
            frame => string.Create(CultureInfo.InvariantCulture, $"{frame.At.UtcTicks} {frame.Connection} {frame.Number}"),
            FrameView.Of);
    }

    private static async Task<JsonLines<FrameView>> Export(Caller caller, [AsParameters] FrameSearch search, FrameLog frames, SiteAccess sites)
    {
        var (charger, filter) = (search.Of(caller), search.Filter());
        await sites.Ensure(caller, charger);
        return new JsonLines<FrameView>($"{charger.Name}-frames", All(charger, filter, frames).Select(FrameView.Of));
    }

    private static async Task<RecentFramesView> Recent(
        Caller caller, string charger, ConfigurationStore store, IGrainFactory grains, [FromServices] FrameBook? book = null)
    {
        var id = caller.Charger(charger);
        var held = await grains.GetGrain<IChargerGrain>(id.ToString()).RecentFrames();
        var frames = held ?? [.. book?.Newest(id) ?? []];
        if (frames.IsEmpty && await store.Charger(id) is null)
        {
            throw ApiFault.NotFound("There is no such charger.");
        }

        return new RecentFramesView(held is not null, [.. frames.Select(FrameView.Of)]);
    }

    private static async Task<ReplayView> Replay(Caller caller, string charger, ReplayInput body, IGrainFactory grains)
    {
        var id = caller.Charger(charger);
        new Checks().That(!(body.To <= body.From), "to", "must be after from").ThrowIfAny();
        var replay = grains.GetGrain<IReplayGrain>(id.ToString());
        var answer = await replay.Replay(body.From?.ToUniversalTime(), body.To?.ToUniversalTime());
        return answer.Refusal is { } refusal
            ? throw ApiFault.Conflict(CodeOf(refusal.Kind), refusal.Text)
            : ReplayView.Of(answer.Report!);
    }

    private static string CodeOf(ReplayRefusalKind kind) => kind switch
    {
        ReplayRefusalKind.Gap => "log-gap",
        ReplayRefusalKind.CutsTransaction => "cuts-transaction",
        ReplayRefusalKind.TooLong => "too-long",
        _ => "nothing-logged",
    };

    private static async IAsyncEnumerable<LoggedFrame> All(ChargerId charger, FrameFilter filter, FrameLog frames)
    {
        FrameCursor? after = null;
        IReadOnlyList<LoggedFrame> page;
        do
        {
            page = await frames.ListForward(charger, filter, after, ExportPage);
            foreach (var frame in page)
            {
                after = FrameCursor.Of(frame);
                yield return frame;
            }
        }
        while (page.Count == ExportPage);
    }

    /// <summary>The checksum has shown that the text is ours.</summary>
    private static FrameCursor? ReadCursor(string? key) => key?.Split(' ') is not [var ticks, var connection, var number]
        ? null
        : new FrameCursor(
            new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero),
            long.Parse(connection, CultureInfo.InvariantCulture),
            int.Parse(number, CultureInfo.InvariantCulture));
}

/// <summary>What a caller looks for; members left out do not filter, <c>from</c> and <c>to</c> are half-open.</summary>
/// <param name="Charger">Required.</param>
/// <param name="Direction">in or out, seen from the system.</param>
/// <param name="Kind">opened, closed, call, callResult, callError or unreadable.</param>
/// <param name="Status">none, unanswered, answered, failed, unmatched or unsent.</param>
/// <param name="Action">Operation of a call or of the call that is answered.</param>
/// <param name="MessageId">The uniqueId.</param>
public readonly record struct FrameSearch(
    string? Charger, DateTimeOffset? From, DateTimeOffset? To, string? Direction, string? Kind, string? Status, string? Action, string? MessageId)
{
    private const int MaxLength = 255;

    internal ChargerId Of(Caller caller) => caller.Charger(Charger ?? throw ApiFault.BadRequest("charger", "is required"));

    /// <exception cref="ApiFault">400 for what can match nothing because of its form.</exception>
    internal FrameFilter Filter()
    {
        Check("action", Action);
        Check("messageId", MessageId);
        return To < From
            ? throw ApiFault.BadRequest("to", "is before from")
            : new FrameFilter(
                From?.ToUniversalTime(), To?.ToUniversalTime(),
                Words.Read<FrameDirection>("direction", Direction),
                Words.Read<LoggedKind>("kind", Kind),
                Words.Read<FrameStatus>("status", Status),
                Action, MessageId);
    }

    private static void Check(string field, string? text)
    {
        if (text is { Length: 0 or > MaxLength })
        {
            throw ApiFault.BadRequest(field, $"must be 1 to {MaxLength} characters");
        }
    }
}

/// <summary>The newest entries of a charger.</summary>
/// <param name="Connected">
/// True when they come from the gateway that holds the connection; else they are what this gateway remembers of a connection
/// that has ended, perhaps nothing.
/// </param>
/// <param name="Items">Oldest first.</param>
public sealed record RecentFramesView(bool Connected, ImmutableArray<FrameView> Items);
