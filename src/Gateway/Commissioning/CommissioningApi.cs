using EvCharge.Contracts.Commissioning;
using EvCharge.Domain.Commissioning;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.History.Commissioning;
using EvCharge.History.Queries;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EvCharge.Gateway.Commissioning;

/// <summary>The guided test of a charger before it is put to work, and what makes and models have shown in it.</summary>
internal static class CommissioningApi
{
    private const string List = "commissioning";

    public static void MapCommissioning(this IEndpointRouteBuilder api)
    {
        api.MapPost("/chargers/{charger}/commissioning", Start).RequirePermission(Permission.SendCalls).WithTags("Commissioning")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithName("startCommissioning").WithSummary("Test a charger step by step")
            .WithDescription(
                "It connects, boots, tells its keys and feature profiles and a status, charges a vehicle that somebody plugs in, measures it, keeps to a "
                + "limit, stops, and comes back after its connection was cut. A charger whose site limits it is measured by its site's limit.");
        var tests = api.MapGroup("/commissioning").WithTags("Commissioning");
        tests.MapGet("", Page).RequirePermission(Permission.ReadCommands).NarrowedToSites()
            .WithName("listCommissioning").WithSummary("Tests, newest first, perhaps of one charger");
        tests.MapGet("/{id:long}", Get).RequirePermission(Permission.ReadCommands).NarrowedToSites()
            .WithName("getCommissioning").WithSummary("A test with its steps");
        tests.MapDelete("/{id:long}", Cancel).RequirePermission(Permission.SendCalls).NarrowedToSites()
            .WithName("cancelCommissioning").WithSummary("End a test that runs").WithDescription("A transaction that it started goes on.");
        api.MapGet("/compatibility", Compare).RequirePermission(Permission.ReadFleet).NarrowedToSites().WithTags("Commissioning")
            .WithName("listCompatibility").WithSummary("What chargers of each make, model and firmware have shown in tests")
            .WithDescription($"From the newest {CommissioningStore.MostCompared} tests; of one charger {CommissioningStore.MostOfCharger} are kept.");
    }

    private static async Task<Accepted<CommissioningView>> Start(
        Caller caller, string charger, CommissioningInput body, CommissioningStore store, FleetQueries fleet, TransactionQueries transactions, IGrainFactory grains, TimeProvider time)
    {
        var id = caller.Charger(charger);
        var known = await fleet.Charger(id) ?? throw ApiFault.NotFound("There is no such charger.");
        var wanted = body.Checked(id, known.Configuration.Value.Connectors.Count, caller.Name, time.GetUtcNow());
        var open = new TransactionFilter(Charger: charger, Connector: wanted.Connector, Active: true);
        if ((await transactions.List(SiteScope.All(caller.Tenant), open, null, 1)).Count > 0)
        {
            throw ApiFault.Conflict("busy", "A vehicle charges at the connector.");
        }

        var stored = await store.Create(wanted) ?? throw ApiFault.Conflict("running", "A test of the charger runs already.");
        await grains.GetGrain<ICommissioningGrain>(id.ToString()).Run(new CommissioningOrder(stored.Id, body.IdTag!));
        return TypedResults.Accepted($"/api/v1/commissioning/{stored.Id}", CommissioningView.Of(stored));
    }

    private static Task<Page<CommissioningView>> Page(Caller caller, string? charger, [AsParameters] PageRequest page, CommissioningStore store) =>
        page.Read(
            List,
            (before, limit) => store.List(caller.Scope, charger, RowId.Read(before), limit),
            report => RowId.Write(report.Id),
            CommissioningView.Of);

    private static async Task<CommissioningView> Get(Caller caller, long id, CommissioningStore store) =>
        CommissioningView.Of(await Existing(caller, id, store));

    private static async Task<NoContent> Cancel(Caller caller, long id, CommissioningStore store, TimeProvider time)
    {
        var report = await Existing(caller, id, store);
        return await store.Save(report.Closed(time.GetUtcNow(), CommissioningStatus.Cancelled))
            ? TypedResults.NoContent()
            : throw ApiFault.Conflict("ended", "The test runs no more.");
    }

    private static async Task<Page<CompatibilityView>> Compare(Caller caller, CommissioningStore store) =>
        new([.. Compatibility.Of(await store.List(caller.Scope, null, null, CommissioningStore.MostCompared)).Select(CompatibilityView.Of)], null);

    private static async Task<CommissioningReport> Existing(Caller caller, long id, CommissioningStore store) =>
        await store.Find(caller.Scope, id) ?? throw ApiFault.NotFound("There is no such test.");
}
