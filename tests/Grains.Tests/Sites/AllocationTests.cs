using System.Diagnostics;
using EvCharge.Contracts.Chargers;
using EvCharge.Contracts.Sites;
using EvCharge.Domain.Allocation.Limits;
using EvCharge.Domain.Allocation.Sites;
using EvCharge.Domain.ChargingProfiles;
using EvCharge.Domain.Identity;
using EvCharge.History.ChargingProfiles;
using EvCharge.History.Configuration;
using Orleans.Core.Internal;
using static EvCharge.GrainsTests.Sites.Sharing;

namespace EvCharge.GrainsTests.Sites;

/// <summary>A site gives its chargers limits: from the configuration to the charging profile, and back with what became of it.</summary>
public sealed class AllocationTests(GrainsFixture fixture)
{
    [Fact]
    public async Task A_charger_that_comes_is_cleared_of_profiles_and_told_what_the_next_vehicle_may_draw()
    {
        var site = await Site(40);
        await using var charger = await Connect(site);

        await Until(() => charger.Default.GetValueOrDefault(1) == 6);

        Assert.Equal(
            ["GetConfiguration", "ClearChargingProfile", "SetChargingProfile"], charger.Told.Select(told => told.Action).Take(3));
        var profile = charger.Told.ElementAt(2).Payload.GetProperty("csChargingProfiles");
        Assert.Equal("TxDefaultProfile", profile.GetProperty("chargingProfilePurpose").GetString());
        Assert.Equal("Relative", profile.GetProperty("chargingProfileKind").GetString());
    }

    [Fact]
    public async Task Two_vehicles_share_what_there_is()
    {
        var site = await Site(40);
        await using var one = await Connect(site);
        await using var other = await Connect(site);

        var transaction = await one.Charger.Start();
        await Until(() => one.OfTransaction.GetValueOrDefault(1) == 32);
        await other.Charger.Start();
        await Until(() => one.OfTransaction.GetValueOrDefault(1) == 19.8 && other.OfTransaction.GetValueOrDefault(1) == 19.8);

        var profile = one.Told.Last(told => told.Action == "SetChargingProfile").Payload.GetProperty("csChargingProfiles");
        Assert.Equal("TxProfile", profile.GetProperty("chargingProfilePurpose").GetString());
        Assert.Equal(transaction, profile.GetProperty("transactionId").GetInt32());
        Assert.Equal(
            profile.GetProperty("validFrom").GetString(), profile.GetProperty("chargingSchedule").GetProperty("startSchedule").GetString());
        Assert.Equal(86_400, profile.GetProperty("chargingSchedule").GetProperty("duration").GetInt32());
        var allocation = await Grain(site).Allocation();
        Assert.All(allocation!.Connectors, connector => Assert.Equal(ConnectorState.Charging, connector.State));
        Assert.All(allocation.Rows, row => Assert.InRange(row.InForce, 39, 39.6));
    }

    [Fact]
    public async Task A_limit_that_is_cut_comes_down_at_once_and_goes_back_when_it_is_taken_back()
    {
        var site = await Site(60);
        await using var one = await Connect(site);
        await using var other = await Connect(site);
        await one.Charger.Start();
        await other.Charger.Start();
        await Until(() => one.OfTransaction.GetValueOrDefault(1) > 29 && other.OfTransaction.GetValueOrDefault(1) > 29);

        Assert.True(await Grain(site).SetLimit(new TemporaryLimit(20, TimeProvider.System.GetUtcNow().AddHours(1))));
        await Until(() => one.OfTransaction[1] + other.OfTransaction[1] <= 19.8);
        Assert.Equal(LimitOrigin.Operator, (await Grain(site).Allocation())!.Origin);
        Assert.True(await Grain(site).SetLimit(null));
        await Until(() => one.OfTransaction[1] + other.OfTransaction[1] > 58);
    }

    [Fact]
    public async Task A_limit_does_not_wait_long_for_the_answer_to_what_was_sent_before()
    {
        var site = await Site(60);
        await using var charger = await Connect(site);
        await charger.Charger.Start();
        await Until(() => charger.OfTransaction.GetValueOrDefault(1) == 32);
        charger.Silent = 2; // an operator's question, and the first limit after it
        var asked = charger.Charger.Grain.Submit(new ChargerCall("TriggerMessage", """{"requestedMessage":"Heartbeat"}"""u8.ToArray(), "operator"));
        await Until(() => charger.Told.Last().Action == "TriggerMessage");
        var clock = Stopwatch.StartNew();

        Assert.True(await Grain(site).SetLimit(new TemporaryLimit(10, TimeProvider.System.GetUtcNow().AddHours(1))));
        await Until(() => charger.Silent == 0);
        var first = charger.Told.Count;
        await Until(() => charger.Told.Skip(first).Any(told => told.Action == "SetChargingProfile"));

        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(25)); // twice 5 s, and not twice 30 s
        Assert.InRange(charger.OfTransaction[1], 0, 9.9);
        await asked;
    }

    [Fact]
    public async Task What_is_in_force_survives_the_activation_of_the_site()
    {
        var site = await Site(40);
        await using var one = await Connect(site);
        await using var other = await Connect(site);
        await one.Charger.Start();
        await other.Charger.Start();
        await Until(() => one.OfTransaction.GetValueOrDefault(1) == 19.8 && other.OfTransaction.GetValueOrDefault(1) == 19.8);
        var told = one.Told.Count;

        await Grain(site).Cast<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);
        await Until(() => one.Told.Count > told);

        Assert.Equal(19.8, one.Told.Last().Payload.GetProperty("csChargingProfiles").GetProperty("chargingSchedule")
            .GetProperty("chargingSchedulePeriod")[0].GetProperty("limit").GetDouble());
        Assert.True(one.OfTransaction[1] + other.OfTransaction[1] <= 39.6);
    }

    [Fact]
    public async Task An_order_of_an_activation_before_is_not_taken()
    {
        var site = await Site(40);
        await using var charger = await Connect(site);
        await Until(() => charger.Default.GetValueOrDefault(1) == 6);
        var late = new LimitOrder(
            1, 0, charger.Charger.Epoch.Value, charger.Charger.Id.Name, 1, null, 32, 22_080, TimeProvider.System.GetUtcNow().AddMinutes(1), 3, false);

        Assert.Equal(LimitOutcome.NotJoined, await charger.Charger.Grain.Enqueue(late));
        Assert.Null(await charger.Charger.Grain.Join(site, epoch: 0));
    }

    [Fact]
    public async Task A_charger_that_refuses_limits_counts_with_all_it_can_carry()
    {
        var site = await Site(40);
        await using var stubborn = await Connect(site);
        stubborn.Answer = "Rejected";
        await stubborn.Charger.Start();
        await using var other = await Connect(site);
        await other.Charger.Start();

        await Until(async () => (await Grain(site).Allocation())?.Connectors.Any(connector => connector.State == ConnectorState.Unmanaged) is true);
        await Until(() => other.OfTransaction.GetValueOrDefault(1) is > 6 and <= 7.6);
    }

    [Fact]
    public async Task An_answer_that_is_none_leaves_open_what_the_charger_holds()
    {
        var site = await Site(40);
        await using var charger = new LimitedCharger(await fixture.Connect(site: site.Name)) { Answer = null };
        await Grain(site).Wake();

        await Until(() => charger.Told.Count(told => told.Action == "SetChargingProfile") >= 5);

        var connector = Assert.Single((await Grain(site).Allocation())!.Connectors);
        Assert.Equal((ConnectorState.Idle, 32), (connector.State, connector.Reserved)); // A charger that refuses would be left alone.
    }

    [Fact]
    public async Task Nobody_else_sends_profiles_where_a_site_gives_limits()
    {
        var site = await Site(40);
        await using var charger = await Connect(site);
        await Until(() => charger.Default.GetValueOrDefault(1) == 6);

        var cleared = await charger.Charger.Grain.Submit(new ChargerCall("ClearChargingProfile", "{}"u8.ToArray(), "tester"));
        Assert.Equal(RefusalKind.Managed, cleared.Refusal?.Kind);
        var started = await charger.Charger.Grain.Submit(new ChargerCall("RemoteStartTransaction", """{"idTag":"GOOD"}"""u8.ToArray(), "tester"));
        Assert.Null(started.Refusal);
    }

    [Fact]
    public async Task A_site_that_gives_limits_no_more_takes_its_profiles_back()
    {
        var site = await Site(40);
        await using var charger = await Connect(site);
        await Until(() => charger.Default.GetValueOrDefault(1) == 6);

        await Put(site, 40, sharing: null);
        await Grain(site).Wake();
        await Until(() => charger.Told.Count(told => told.Action == "ClearChargingProfile") >= 3);

        Assert.Null(await Grain(site).Allocation());
        Assert.False(await Grain(site).SetLimit(null));
        var cleared = await charger.Charger.Grain.Submit(new ChargerCall("ClearChargingProfile", "{}"u8.ToArray(), "tester"));
        Assert.Null(cleared.Refusal);
    }

    [Fact]
    public async Task Profiles_that_operators_want_rest_while_a_site_gives_limits_and_are_sent_anew_after_that()
    {
        var site = await Site(40, sharing: null);
        await using var charger = await Connect(site);
        var wanted = new ProfileContent(
            ProfilePurpose.TxDefault, ProfileKind.Relative, null, 1, new ProfileSchedule("A", [new ProfilePeriod(0, 11, null)], null, null, null), null, null);
        Assert.NotNull(await fixture.Service<ProfileStore>().Desire(charger.Charger.Id, 1_000, 1, wanted, null));
        await charger.Charger.Grain.Reload();
        await Until(() => charger.Default.GetValueOrDefault(1) == 11);

        await Put(site, 40, Sharing.Quick);
        await Grain(site).Wake();
        await Until(() => charger.Default.GetValueOrDefault(1) == 6);
        await Put(site, 40, sharing: null);
        await Grain(site).Wake();

        await Until(() => charger.Default.GetValueOrDefault(1) == 11);
    }

    [Fact]
    public async Task What_would_be_is_told_and_not_done()
    {
        var site = await Site(60);
        await using var charger = await Connect(site);
        await charger.Charger.Start();
        await Until(() => charger.OfTransaction.GetValueOrDefault(1) == 32);

        var would = Assert.Single((await Grain(site).DryRun(10))!.Value);

        Assert.Equal(9.9, would.Allotted, 6);
        Assert.Equal(site.Name, would.Row?.Node);
        Assert.Equal(32, charger.OfTransaction[1]);
    }

    private Task<SiteId> Site(double limit, string? sharing = Sharing.Quick) => fixture.Site(limit, sharing);

    private Task Put(SiteId site, double limit, string? sharing) => fixture.Put(site, limit, sharing);

    private async Task<LimitedCharger> Connect(SiteId site)
    {
        var charger = new LimitedCharger(await fixture.Connect(site: site.Name));
        await Grain(site).Wake();
        return charger;
    }

    private ISiteGrain Grain(SiteId site) => fixture.Site(site);
}
