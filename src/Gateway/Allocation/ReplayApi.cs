using EvCharge.Contracts.Sites;
using EvCharge.Domain.Allocation.Replay;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Audit;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EvCharge.Gateway.Allocation;

/// <summary>What another limit or other settings would have done to the vehicles of the last days.</summary>
internal static class ReplayApi
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    public static void MapReplay(this IEndpointRouteBuilder api) =>
        api.MapPost("/sites/{site}/allocation/replay", Play).RequirePermission(Permission.SendCalls).Unaudited().WithTags("Allocation")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("replayAllocation").WithSummary("Replay the transactions of some days under another limit or other settings")
            .WithDescription(
                "By the rules that share the site, with chargers that obey at once. Each vehicle wants what it took in truth, and can take what its "
                + "connector carries. 409 not-limited: the site gives no limits and the body has no settings; busy: others replay just now; too-much: "
                + "more than 1,000 transactions, or more than 20 s of computing.");

    private static async Task<Ok<AllocationReplayView>> Play(
        Caller caller, string site, AllocationReplayInput body, ConfigurationStore store, IGrainFactory grains)
    {
        var id = caller.Site(site);
        if (await store.Site(id) is null)
        {
            throw ApiFault.NotFound("There is no such site.");
        }
        var checks = new Checks()
            .That(body.From is not null, "from", "must be there")
            .That(body.To > body.From && body.To <= body.From + Longest, "to", "must be after from, by at most 14 days")
            .Range(body.Limit, "limit", 0, SiteInput.HighestLimit);
        body.SmartCharging?.Check(checks, "smartCharging");
        checks.ThrowIfAny();
        var sharing = body.SmartCharging is null ? null : StoredJson.Write(body.SmartCharging with { Enabled = true });
        var answer = await grains.GetGrain<ISiteGrain>(id.ToString()).Replay(
            new AllocationReplayQuestion(body.From!.Value.ToUniversalTime(), body.To!.Value.ToUniversalTime(), body.Limit, sharing));
        return answer.Outcome is { } outcome
            ? TypedResults.Ok(AllocationReplayView.Of(outcome))
            : throw ApiFault.Conflict(answer.Refusal!, answer.Refusal switch
            {
                ReplayRefusal.Busy => "Others replay just now: ask again in a moment.",
                ReplayRefusal.TooMuch => "That is more than can be replayed at once: ask for less time.",
                _ => "The site gives its chargers no limits: say with which settings it should have.",
            });
    }
}

/// <param name="From">Transactions that began from then on.</param>
/// <param name="To">And before; at most 14 days later.</param>
/// <param name="Limit">In the site's unit, in the place of its own and of its schedule; null leaves those.</param>
/// <param name="SmartCharging">As of a site; null for the site's.</param>
public sealed record AllocationReplayInput(DateTimeOffset? From, DateTimeOffset? To, double? Limit = null, SmartCharging? SmartCharging = null);

/// <param name="WantedWh">What all vehicles took in truth.</param>
/// <param name="DeliveredWh">What they would have got in their time.</param>
/// <param name="Jain">How evenly, by the part of what each wanted: 1 when all got the same.</param>
/// <param name="Use">What was drawn of the limit while more was wanted, 0 to 1; null when that never was.</param>
/// <param name="SecondsOver">In which more was drawn than allowed.</param>
/// <param name="LimitsPerSessionHour">Sent to chargers.</param>
public sealed record AllocationReplayView(
    double WantedWh, double DeliveredWh, double Jain, double? Use, int SecondsOver, double LimitsPerSessionHour, IReadOnlyList<ReplayedSessionView> Sessions)
{
    internal static AllocationReplayView Of(ReplayOutcome outcome) => new(
        Math.Round(outcome.Sessions.Sum(session => session.WantedWh)),
        Math.Round(outcome.Sessions.Sum(session => session.DeliveredWh)),
        Math.Round(outcome.Jain, 3),
        outcome.Use is { } use ? Math.Round(use, 3) : null,
        outcome.SecondsOver,
        outcome.SessionHours == 0 ? 0 : Math.Round(outcome.Limits / outcome.SessionHours, 1),
        [.. outcome.Sessions.Select(session => new ReplayedSessionView(
            session.Transaction, session.Charger, session.Connector, session.WantedWh, Math.Round(session.DeliveredWh), session.DoneAt))]);
}

/// <param name="DoneAt">When the vehicle would have had all it took in truth; null when it had left before.</param>
public sealed record ReplayedSessionView(long Transaction, string Charger, int Connector, double WantedWh, double DeliveredWh, DateTimeOffset? DoneAt);
