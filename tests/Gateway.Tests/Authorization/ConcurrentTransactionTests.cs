using System.Net;
using EvCharge.Domain.Sessions;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Authorization;

/// <summary>Tags that may not charge twice at once. What a charger started is stored in any case.</summary>
public sealed class ConcurrentTransactionTests(GatewayHost host)
{
    private readonly Records _records = new(host.Services);

    [Fact]
    public async Task A_tag_that_charges_elsewhere_is_refused_until_it_has_stopped_and_its_start_is_stored_anyway()
    {
        var tag = await host.NewTag(new { concurrentTransactions = "refuse" });
        var (first, _) = await host.NewCharger();
        await using var _1 = first;
        var (second, name) = await host.NewCharger();
        await using var _2 = second;
        var (accepted, running) = await first.Starts(tag);
        Assert.Equal("Accepted", accepted);

        Assert.Equal("ConcurrentTx", await second.Presents(tag.ToLowerInvariant()));
        var (refused, transaction) = await second.Starts(tag);

        Assert.Equal("ConcurrentTx", refused);
        Assert.True(transaction > 0);
        Assert.True((await _records.Transaction(name)).Flags.HasFlag(TransactionFlags.NotAuthorized));
        await second.Call("StopTransaction", Transactions.Stop(transaction, Transactions.Stamp(1), tag: tag));
        await first.Call("StopTransaction", Transactions.Stop(running, Transactions.Stamp(2), tag: tag));
        Assert.Equal("Accepted", await second.Presents(tag));
        Assert.Equal("Accepted", (await second.Starts(tag, minute: 3)).Status);
    }

    [Fact]
    public async Task A_repeated_start_does_not_stand_against_itself_with_the_same_or_a_new_message_id()
    {
        var tag = await host.NewTag(new { concurrentTransactions = "refuse" });
        var (charger, name) = await host.NewCharger();
        var first = await charger.Starts(tag, id: "start");
        await charger.DisposeAsync();

        await using var again = await WireCharger.Connect(host.Address, name);
        Assert.Equal(first, await again.Starts(tag, id: "start"));
        Assert.Equal(first, await again.Starts(tag, id: "another"));
        Assert.Equal("Accepted", first.Status);
    }

    [Fact]
    public async Task At_the_charger_where_it_charges_a_tag_may_be_presented_to_stop_but_starts_nothing_more()
    {
        var tag = await host.NewTag(new { concurrentTransactions = "refuse" });
        var (charger, _) = await host.NewCharger();
        await using var _1 = charger;
        await charger.Starts(tag);

        Assert.Equal("Accepted", await charger.Presents(tag));
        Assert.Equal("ConcurrentTx", (await charger.Starts(tag, minute: 1, connector: 2)).Status);
    }

    [Fact]
    public async Task Of_starts_at_the_same_time_one_is_accepted_and_all_are_stored()
    {
        var tag = await host.NewTag(new { concurrentTransactions = "refuse" });
        var chargers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.NewCharger()));

        var started = await Task.WhenAll(chargers.Select(charger => charger.Wire.Starts(tag)));

        Assert.Equal(["Accepted", "ConcurrentTx", "ConcurrentTx", "ConcurrentTx"], started.Select(start => start.Status).Order(StringComparer.Ordinal));
        Assert.Equal(4, started.Select(start => start.Transaction).Distinct().Count());
        foreach (var (wire, _) in chargers)
        {
            await wire.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_tenants_setting_holds_for_tags_that_say_nothing_of_their_own()
    {
        var tenant = await host.AddTenant(host.Name("tenant"));
        var there = host.Administrator.With("X-Tenant", tenant);
        (await there.Put("/api/v1/settings", new { concurrentTransactions = "refuse" })).Expect(HttpStatusCode.OK);
        await there.Put("/api/v1/tags/SILENT", new { });
        await there.Put("/api/v1/tags/FREE", new { concurrentTransactions = "allow" });
        await there.Put("/api/v1/chargers/CP1", new { });
        await there.Put("/api/v1/chargers/CP2", new { });
        await using var first = await WireCharger.Connect(host.Address, $"{tenant}/CP1");
        await using var second = await WireCharger.Connect(host.Address, $"{tenant}/CP2");

        await first.Starts("SILENT");
        Assert.Equal("ConcurrentTx", await second.Presents("SILENT"));
        await first.Starts("FREE", minute: 1);
        Assert.Equal("Accepted", await second.Presents("FREE"));
    }

    [Fact]
    public async Task Without_a_policy_a_tag_charges_wherever_it_likes()
    {
        var tag = await host.NewTag();
        var (first, _) = await host.NewCharger();
        await using var _1 = first;
        var (second, _) = await host.NewCharger();
        await using var _2 = second;

        Assert.Equal("Accepted", (await first.Starts(tag)).Status);
        Assert.Equal("Accepted", (await second.Starts(tag)).Status);
    }
}
