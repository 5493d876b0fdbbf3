using EvCharge.Contracts.Authorization;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Identity;
using EvCharge.History;
using EvCharge.History.Queries;
using EvCharge.Servers;

namespace EvCharge.GrainsTests.Chargers;

/// <summary>What goes on while the database server is away, and what is made good when it is back.</summary>
public sealed class DatabaseLossTests
{
    private const string Start = """{"connectorId":1,"idTag":"GOOD","meterStart":1000,"timestamp":"2026-03-01T12:00:00Z"}""";

    [Fact]
    public async Task Only_transaction_messages_stay_unanswered_and_the_rest_is_recorded_afterwards()
    {
        await using var server = await PostgresServer.Start();
        await using var silos = await TwoSilos.Start(server);
        var (charger, _) = await silos.Connect();
        await charger.Result("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available"}""");
        await charger.Result("Authorize", """{"idTag":"GOOD"}""");
        await server.Kill();

        // The first write finds out that the server is away, and waits for it as it must.
        Assert.Equal(ReplyOutcome.Unanswered, (await charger.Call("StartTransaction", Start)).Outcome);
        await charger.Result("BootNotification", """{"chargePointVendor":"V","chargePointModel":"while away"}""");
        await charger.Result("Heartbeat", "{}");
        await charger.Result("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Preparing"}""");
        Assert.Contains("Accepted", await charger.Result("Authorize", """{"idTag":"GOOD"}"""), StringComparison.Ordinal);
        await charger.Grain.Detach(charger.Epoch);

        await server.Start();
        await charger.Attach();
        await charger.Start();
        await TwoSilos.Eventually(async () => await charger.Attach(rebind: true) is { Won: true }
            && await silos.Service<FleetQueries>().Charger(charger.Id) is { Online: true, Boot.Model: "while away" } known
            && known.Statuses[1].Status == "Preparing");
    }

    [Fact]
    public async Task A_tag_is_what_it_was_when_it_could_be_read_last_and_one_never_read_is_not_judged()
    {
        await using var server = await PostgresServer.Start();
        await using var silos = await TwoSilos.Start(server);
        var known = Tag(silos, "GOOD");
        Assert.True((await known.Authorize("S1")).Accepted);
        await server.Kill();
        await known.Reload();

        Assert.True((await known.Authorize("S1")).Accepted);
        for (var tag = 0; tag < 4; tag++)
        {
            // On one of the two silos, and perhaps not on that of the caller: the fault arrives as what it is.
            await Assert.ThrowsAsync<HistoryUnavailableException>(() => Tag(silos, $"NEVER-READ-{tag}").Authorize("S1").AsTask());
        }
    }

    [Fact]
    public async Task An_activation_that_needs_the_database_fails_with_a_fault_of_the_system()
    {
        await using var server = await PostgresServer.Start();
        await using var silos = await TwoSilos.Start(server);
        var charger = new TestCharger(new ChargerId(TenantId.Default, "LATE"), silos.Grains);
        await server.Kill();

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => charger.Attach());
        Assert.True(fault is HistoryUnavailableException or Orleans.Runtime.OrleansException, fault.ToString());
        await server.Start();
        await TwoSilos.Eventually(async () =>
        {
            try
            {
                return (await charger.Attach()).Won;
            }
            catch (Exception again) when (again is HistoryUnavailableException or Orleans.Runtime.OrleansException)
            {
                return false;
            }
        });
    }

    private static ITagGrain Tag(TwoSilos silos, string tag) =>
        silos.Grains.GetGrain<ITagGrain>($"{TenantId.Default}/{new IdTag(tag).Key}");
}
