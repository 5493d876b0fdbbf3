using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;
using EvCharge.GrainsTests.Sites;
using EvCharge.History.Queries;

namespace EvCharge.GrainsTests.Chargers;

/// <summary>A gateway that is killed says no farewell; its chargers are offline all the same.</summary>
public sealed class GatewayLossTests
{
    private static readonly TimeSpan BelowPatience = TimeSpan.FromSeconds(140);
    private static readonly TimeSpan BeyondPatience = TimeSpan.FromSeconds(160);
    private static readonly TimeSpan BeyondSilence = TimeSpan.FromSeconds(500);

    [Fact]
    public async Task A_connection_without_a_sign_is_given_up_and_one_that_is_swept_is_not()
    {
        await using var silos = await TwoSilos.Start();
        var (lost, _) = await silos.Connect();
        var (kept, _) = await silos.Connect();
        silos.Pass(BelowPatience);
        await kept.Attach(rebind: true);
        silos.Pass(BelowPatience);
        await lost.Grain.Sweep();
        await kept.Grain.Sweep();

        Assert.False(await IsOnline(silos, lost));
        Assert.False((await lost.Grain.Snapshot()).Online);
        Assert.True(await IsOnline(silos, kept));
        Assert.True((await kept.Grain.Snapshot()).Online);
    }

    [Fact]
    public async Task A_connection_given_up_too_early_is_bound_again()
    {
        await using var silos = await TwoSilos.Start();
        var (charger, _) = await silos.Connect();
        silos.Pass(BeyondPatience);
        await charger.Grain.Sweep();

        Assert.Equal(ReplyOutcome.NotAttached, (await charger.Call("Heartbeat", "{}")).Outcome);
        Assert.True((await charger.Attach(rebind: true)).Won);
        await charger.Result("Heartbeat", "{}");
        Assert.True(await IsOnline(silos, charger));
    }

    [Fact]
    public async Task A_charger_lost_together_with_its_silo_is_found_by_the_wake_up_of_its_site()
    {
        await using var silos = await TwoSilos.Start();
        var (charger, silo) = await silos.Connect();
        await silos.Kill(silo);
        var site = new SiteId(TenantId.Default, "S1");

        silos.Pass(BeyondSilence);
        await SiteGrainTests.Wake(silos.Grains, site);
        Assert.True(await IsOnline(silos, charger));
        silos.Pass(BeyondPatience);
        await SiteGrainTests.Wake(silos.Grains, site);
        Assert.False(await IsOnline(silos, charger));
    }

    [Fact]
    public async Task A_gateway_that_has_no_such_connection_is_believed_at_once()
    {
        await using var silos = await TwoSilos.Start();
        var (charger, _) = await silos.Connect();
        charger.Gateway.HasNoSocket = true;
        var submitted = await charger.Grain.Submit(new ChargerCall("Reset", """{"type":"Soft"}"""u8.ToArray(), "tester"));

        Assert.Equal(CommandStatus.Offline, (await charger.Grain.WaitFor(submitted.CommandId!.Value, TimeSpan.FromSeconds(20)))!.Status);
        Assert.False(await IsOnline(silos, charger));
    }

    [Fact]
    public async Task Receipt_is_told_by_the_clock_of_the_silo_whatever_a_gateway_says()
    {
        await using var silos = await TwoSilos.Start();
        var (charger, _) = await silos.Connect();
        var ahead = TimeProvider.System.GetUtcNow().AddHours(1);
        await charger.Result("BootNotification", """{"chargePointVendor":"V","chargePointModel":"M"}""", receivedAt: ahead);

        Assert.True((await silos.Service<FleetQueries>().Charger(charger.Id))!.Boot!.At < ahead.AddMinutes(-30));
    }

    private static async Task<bool> IsOnline(TwoSilos silos, TestCharger charger) =>
        (await silos.Service<FleetQueries>().Charger(charger.Id))!.Online;
}
