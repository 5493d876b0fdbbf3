using EvCharge.Contracts.Sites;
using EvCharge.Domain.Allocation.Sites;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Queries;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EvCharge.Gateway.Allocation;

/// <summary>What a vehicle needs while it is there.</summary>
internal static class SessionNeedsApi
{
    public static void MapSessionNeeds(this IEndpointRouteBuilder api)
    {
        var needs = api.MapGroup("/transactions/{id:long}/needs").WithTags("Allocation");
        needs.MapPut("", Put).RequirePermission(Permission.SendCalls).NarrowedToSites()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("putSessionNeeds").WithSummary("Say what a vehicle that charges needs, and how urgent it is")
            .WithDescription(
                "Goes over what its tag says, until its transaction ends. It bends the share of what there is, by the current that is needed on each "
                + "phase to be ready in time, and no limit. 409 not-limited: the transaction is over, or its site gives no limits.");
        needs.MapDelete("", Delete).RequirePermission(Permission.SendCalls).NarrowedToSites()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("deleteSessionNeeds").WithSummary("Take back what was said of a vehicle: what its tag says holds again");
    }

    private static Task<NoContent> Put(
        Caller caller, long id, SessionNeedsInput body, TransactionQueries transactions, IGrainFactory grains, TimeProvider time)
    {
        var now = time.GetUtcNow();
        new Checks()
            .Range(body.Priority, "priority", 0, 9)
            .That(
                body.Departure is null || (body.Departure > now && body.Departure <= now + SessionNeedsInput.Longest), "departure",
                "must be in the future, within a month")
            .Range(body.EnergyWh, "energyWh", 0, SessionNeedsInput.MostEnergyWh)
            .That(body is not { Priority: null, Departure: null, EnergyWh: null }, "", "must say something")
            .ThrowIfAny();
        return Set(
            caller, id, new SessionNeeds(body.Priority, Departure: body.Departure?.ToUniversalTime(), EnergyWh: body.EnergyWh), transactions, grains);
    }

    private static Task<NoContent> Delete(Caller caller, long id, TransactionQueries transactions, IGrainFactory grains) =>
        Set(caller, id, null, transactions, grains);

    private static async Task<NoContent> Set(
        Caller caller, long id, SessionNeeds? needs, TransactionQueries transactions, IGrainFactory grains)
    {
        var transaction = await transactions.Find(caller.Scope, id) ?? throw TransactionsApi.NoSuchTransaction();
        var site = new SiteId(caller.Tenant, transaction.Site);
        return !site.IsNone
            && await grains.GetGrain<ISiteGrain>(site.ToString()).SetNeeds(transaction.Connector.Charger.Name, id, needs)
            ? TypedResults.NoContent()
            : throw ApiFault.Conflict("not-limited", "The transaction is over, or its site gives its chargers no limits.");
    }
}

/// <summary>What a vehicle needs. What is left out its tag says, if that does.</summary>
/// <param name="Priority">0 (last) to 9 (first), in the place of tag and connector.</param>
/// <param name="Departure">When it leaves; at most a month ahead.</param>
/// <param name="EnergyWh">What it is to have got by then since the start of the transaction, 0 to 1,000,000 Wh.</param>
public sealed record SessionNeedsInput(int? Priority = null, DateTimeOffset? Departure = null, double? EnergyWh = null)
{
    internal const double MostEnergyWh = 1_000_000;
    internal static readonly TimeSpan Longest = TimeSpan.FromDays(31);
}
