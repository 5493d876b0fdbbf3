using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.Gateway.Tenants;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Live;

/// <summary>What changes in a fleet, as it changes: server-sent events of the HTML standard.</summary>
internal static class LiveApi
{
    private const string EventType = "board";
    private const int LongestPlace = 1_000;

    /// <summary>A frame comes at least so often, also when nothing changed: that is news too.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    /// <summary>So often a stream asks whether its caller may still have it.</summary>
    private static readonly TimeSpan RightsPeriod = TimeSpan.FromSeconds(5);

    public static void MapLive(this IEndpointRouteBuilder api) =>
        api.MapGet("/live", Open).RequirePermission(Permission.ReadFleet).NarrowedToSites()
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithTags("Live").WithName("openLive").WithSummary("What changes, as server-sent events")
            .WithDescription(
                "topics is a list with commas between of overview, site:NAME, site: for chargers without site, and charger:NAME; ten at most. "
                + "The first frame of a topic has keys and rows, those that follow the changes; one with keys takes the place of all before. "
                + "With Last-Event-ID a stream goes on where that frame left off. docs/live.md names the cells of a row.");

    private static async Task<LiveResult> Open(
        Caller caller,
        string? topics,
        [FromHeader(Name = "Last-Event-ID")] string? last,
        HttpContext http,
        LiveReader reader,
        LiveStreams streams,
        LiveBoards boards,
        LiveRights rights,
        IHostApplicationLifetime lifetime,
        TimeProvider time)
    {
        var wanted = LiveTopic.Read(caller, topics);
        foreach (var topic in wanted)
        {
            if (!await reader.Exists(topic, caller.Scope))
            {
                throw ApiFault.NotFound($"There is no such {(topic.Subject == LiveSubject.Site ? "site" : "charger")}.");
            }
        }

        streams.Enter(caller);
        http.Response.OnCompleted(() =>
        {
            streams.Leave(caller);
            return Task.CompletedTask;
        });
        var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.RegisterForDispose(ended);
        var places = last is { Length: <= LongestPlace } ? last.Split(',') : [];
        return new LiveResult(Frames(wanted, places, boards, () => rights.Hold(http, caller, wanted), time, ended.Token));
    }

    /// <param name="places">Where the reader is with each topic, in their order.</param>
    private static async IAsyncEnumerable<SseItem<LiveFrame>> Frames(
        LiveTopic[] topics, string[] places, LiveBoards boards, Func<Task<bool>> allowed, TimeProvider time, [EnumeratorCancellation] CancellationToken ended)
    {
        var watches = Array.ConvertAll(topics, boards.Open);
        try
        {
            var readers = watches.Select((watch, index) => new Reader(watch.Board, places.ElementAtOrDefault(index))).ToArray();
            var asked = time.GetTimestamp();
            while (!ended.IsCancellationRequested)
            {
                // Taken before what is there is read, so that no look is missed in between.
                var next = Task.WhenAny([.. readers.Select(reader => reader.Board.Next), Task.Delay(RightsPeriod, time, ended)]);
                foreach (var reader in readers)
                {
                    if (reader.News(time, Beat) is { } frame)
                    {
                        yield return new SseItem<LiveFrame>(frame, EventType) { EventId = string.Join(',', readers.Select(one => one.Place)) };
                    }
                }

                if (time.GetElapsedTime(asked) >= RightsPeriod)
                {
                    if (!await allowed())
                    {
                        yield break;
                    }

                    asked = time.GetTimestamp();
                }

                await next;
            }
        }
        finally
        {
            Array.ForEach(watches, watch => watch.Dispose());
        }
    }

    /// <summary>Where a stream is with one of its topics.</summary>
    private sealed class Reader(LiveBoard board, string? place)
    {
        private long? _sent;
        private DateTimeOffset _seen;

        public LiveBoard Board => board;

        public string? Place { get; private set; } = place;

        /// <summary>Null when there is nothing new, or only that nothing is, and the reader knows that already.</summary>
        public LiveFrame? News(TimeProvider time, TimeSpan beat)
        {
            if (board.After(Place) is not var (frame, here) || frame.At == _seen
                || (!frame.IsNews && _sent is { } sent && time.GetElapsedTime(sent) < beat))
            {
                return null;
            }

            (_sent, _seen, Place) = (time.GetTimestamp(), frame.At, here);
            return frame;
        }
    }
}

/// <summary>Whether a stream that was opened some time ago might be opened still.</summary>
internal sealed class LiveRights(Callers callers, TenantBook tenants, LiveReader reader)
{
    /// <summary>The secret is valid, its role permits what it did, the tenant is not suspended, and what is told of is at sites that it sees.</summary>
    public async Task<bool> Hold(HttpContext http, Caller caller, IEnumerable<LiveTopic> topics) =>
        BearerHandler.SecretOf(http.Request) is { } secret
        && await callers.Find(secret) is { } now
        && (now.PlatformAdministrator || (now.Has(Permission.ReadFleet) && await tenants.Find(caller.Tenant) is { IsActive: true } && await Sees(now, topics)));

    private async Task<bool> Sees(Caller caller, IEnumerable<LiveTopic> topics)
    {
        if (caller.Sites is null)
        {
            return true;
        }

        foreach (var topic in topics)
        {
            if (topic.Subject == LiveSubject.Overview ? !topic.Scope.Equals(caller.Scope) : !await reader.Exists(topic, caller.Scope))
            {
                return false;
            }
        }

        return true;
    }
}
