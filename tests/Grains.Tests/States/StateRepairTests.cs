using EvCharge.Contracts.Sites;
using EvCharge.Domain.Allocation.Limits;
using EvCharge.Domain.Identity;
using EvCharge.GrainsTests.Sites;
using EvCharge.History.Queries;
using Microsoft.Data.Sqlite;
using Orleans.Core.Internal;
using Orleans.Runtime;
using static EvCharge.GrainsTests.Sites.Sharing;

namespace EvCharge.GrainsTests.States;

/// <summary>A grain whose stored state cannot be read: it alone is out of service, it is told of, and one call repairs it.</summary>
[Trait("fault", "F13")]
public sealed class StateRepairTests(GrainsFixture fixture)
{
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"BootedAt\":\"2026-01-0")]
    [InlineData("{\"SiteEpoch\":\"many\"}")]
    [InlineData("\u0001\u0002 no JSON")]
    public async Task A_charger_is_out_of_service_until_its_state_is_put_aside(string stored)
    {
        var (charger, other) = (await fixture.Connect(), await fixture.Connect());
        Assert.False(await charger.Grain.RepairState());
        await Break(charger.Grain, stored, () => HasHappened("state-unreadable", charger.Id.Name, ""));

        await Assert.ThrowsAsync<OrleansException>(() => charger.Attach());
        Assert.False((await charger.Grain.Snapshot()).Online);
        Assert.Equal("{}", (await other.Result("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available"}"""))[..2]);

        Assert.True(await charger.Grain.RepairState());
        Assert.False(await charger.Grain.RepairState());
        Assert.True(await HasHappened("state-repaired", charger.Id.Name, ""));
        Assert.True((await charger.Attach()).Won);
        await charger.Boot();
        await charger.Start();
    }

    [Fact]
    public async Task A_site_gives_no_limits_until_its_state_is_put_aside_and_then_never_too_much()
    {
        var site = await fixture.Site(40);
        await using var one = new LimitedCharger(await fixture.Connect(site: site.Name));
        await using var other = new LimitedCharger(await fixture.Connect(site: site.Name));
        await fixture.Site(site).Wake();
        await one.Charger.Start();
        await other.Charger.Start();
        await Until(() => one.OfTransaction.GetValueOrDefault(1) == 19.8 && other.OfTransaction.GetValueOrDefault(1) == 19.8);
        var grain = fixture.Site(site);
        Assert.False(await grain.RepairState());

        await Break(grain, "{\"Bounds\":[", () => HasHappened("site-state-unreadable", null, site.Name));
        Assert.Null(await grain.Allocation());
        var operators = new TemporaryLimit(20, TimeProvider.System.GetUtcNow().AddHours(1));
        Assert.False(await grain.SetLimit(operators));
        Assert.Equal(19.8, one.OfTransaction[1]);

        Assert.True(await grain.RepairState());
        await Until(() => grain.SetLimit(operators).AsTask());
        await Until(() => one.OfTransaction[1] + other.OfTransaction[1] <= 19.8); // they take orders of the activation after the repair
        Assert.False(await grain.RepairState());
    }

    [Fact]
    public async Task A_vehicle_at_a_charger_that_is_away_counts_with_all_it_may_draw()
    {
        var site = await fixture.Site(40);
        await using var away = new LimitedCharger(await fixture.Connect(site: site.Name));
        await using var other = new LimitedCharger(await fixture.Connect(site: site.Name));
        await fixture.Site(site).Wake();
        await away.Charger.Start();
        await other.Charger.Start();
        await Until(() => away.OfTransaction.GetValueOrDefault(1) == 19.8 && other.OfTransaction.GetValueOrDefault(1) == 19.8);
        await away.Charger.Grain.Detach(away.Charger.Epoch);
        var grain = fixture.Site(site);

        await Break(grain, "[]", () => HasHappened("site-state-unreadable", null, site.Name));
        Assert.True(await grain.RepairState());

        await Until(() => other.OfTransaction[1] <= 40 - 32);
        await away.Charger.Attach();
        await Until(() => away.OfTransaction[1] == 19.8 && other.OfTransaction[1] == 19.8);
    }

    private async Task<bool> HasHappened(string kind, string? charger, string detail) =>
        (await fixture.Service<FleetQueries>().Events(SiteScope.All(TenantId.Default), charger, null, 200))
            .Any(each => each.Event.Kind == kind && each.Event.Detail.Contains(detail, StringComparison.Ordinal));

    /// <summary>Leaves what no product wrote to the next activation; again where the last one wrote once more before it went.</summary>
    private async Task Break(IAddressable grain, string stored, Func<Task<bool>> noticed)
    {
        await using var database = new SqliteConnection($"Data Source={fixture.StateFile}");
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = database.CreateCommand();
        command.CommandText = "UPDATE grain_state SET payload = CAST(@stored AS BLOB) WHERE grain_id = @grain";
        command.Parameters.AddWithValue("@stored", stored);
        command.Parameters.AddWithValue("@grain", grain.GetGrainId().ToString());
        await Until(async () =>
        {
            Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
            await grain.Cast<IGrainManagementExtension>().DeactivateOnIdle();
            return await noticed();
        });
    }
}
