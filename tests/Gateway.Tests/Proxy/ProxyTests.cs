using System.Text;
using System.Text.Json;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Authorization;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Proxy;

/// <summary>Chargers that are relayed to other systems, over real WebSockets both ways.</summary>
public sealed class ProxyTests(GatewayHost host)
{
    private ApiClient Api => host.Administrator;

    [Fact]
    public async Task A_session_reaches_each_system_under_the_number_that_it_gave()
    {
        await using var one = await UpstreamSystem.Start(firstTransaction: 700);
        await using var other = await UpstreamSystem.Start(firstTransaction: 1);
        var (wire, charger) = await host.NewCharger();
        await using var _1 = wire;
        await Api.Relay(charger, one.Url, link: "one");
        await Api.Relay(charger, other.Url, link: "other");
        await Api.AwaitState(charger, "open", link: "one"); // before that, the connectors' last statuses are told first
        await Api.AwaitState(charger, "open", link: "other");

        var ours = await Session(wire, await host.NewTag(), minute: 0);

        foreach (var (system, theirs) in new[] { (one, 700), (other, 1) })
        {
            await Eventually.Holds(() => system.Of("StopTransaction").Any());
            Assert.Equal(["BootNotification", "StartTransaction", "MeterValues", "StatusNotification", "StopTransaction"], system.Actions);
            Assert.All(system.Of("MeterValues").Concat(system.Of("StopTransaction")), told => Assert.Equal(theirs, told.GetProperty("transactionId").GetInt32()));
            Assert.Equal(Transactions.Stamp(0), system.Of("StartTransaction").Single().Text("timestamp"));
            Assert.DoesNotContain(system.Told, told => told.Payload.GetRawText().Contains($":{ours},", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_system_that_was_away_is_told_everything_in_order_when_it_is_back_and_the_charger_never_waits()
    {
        await using var system = UpstreamSystem.Down();
        var (wire, charger) = await host.NewCharger();
        await using var _1 = wire;
        await Api.Relay(charger, system.Url);
        await Api.AwaitState(charger, "waiting");
        var tag = await host.NewTag();
        for (var session = 0; session < 3; session++)
        {
            await Session(wire, tag, minute: session * 10);
        }

        Assert.True((await Api.Link(charger)).GetProperty("queued").GetInt32() >= 9);

        await system.Start();

        await Eventually.Holds(() => system.Of("StopTransaction").Count() == 3);
        Assert.Equal([0, 10, 20], system.Of("StartTransaction").Select(start => Minute(start.Text("timestamp"))));
        Assert.Equal([700, 701, 702], system.Of("StopTransaction").Select(stop => stop.GetProperty("transactionId").GetInt32()));
        Assert.Equal(
            Enumerable.Repeat((string[])["StartTransaction", "MeterValues", "StopTransaction"], 3).SelectMany(each => each),
            system.Actions.Where(action => action is not ("BootNotification" or "StatusNotification")));
        await Eventually.Holds(async () => (await Api.Link(charger)).GetProperty("queued").GetInt32() == 0);
    }

    [Fact]
    public async Task A_connection_that_is_lost_in_a_session_is_made_again_and_the_session_goes_on()
    {
        await using var system = await UpstreamSystem.Start();
        var (wire, charger) = await host.NewCharger();
        await using var _1 = wire;
        await Api.Relay(charger, system.Url);
        var transaction = (await wire.Starts(await host.NewTag())).Transaction;
        await Eventually.Holds(() => system.Of("StartTransaction").Any());
        // Its answer has come, or it would be told again.
        await Eventually.Holds(async () => (await Api.Link(charger)).GetProperty("queued").GetInt32() == 0);

        await system.Stop();
        await wire.Call("MeterValues", Transactions.Meter(transaction, Transactions.Stamp(1), "1500"));
        await system.Start();
        await wire.Call("StopTransaction", Transactions.Stop(transaction, Transactions.Stamp(2)));

        await Eventually.Holds(() => system.Of("StopTransaction").Any());
        Assert.Single(system.Of("StartTransaction"));
        Assert.Equal(700, system.Of("MeterValues").Single().GetProperty("transactionId").GetInt32());
        Assert.Equal(2, system.Visits.Count);
    }

    [Fact]
    public async Task A_start_that_the_charger_repeats_reaches_a_system_once()
    {
        await using var system = await UpstreamSystem.Start();
        var (wire, charger) = await host.NewCharger();
        await Api.Relay(charger, system.Url);
        var tag = await host.NewTag();
        var first = (await wire.Starts(tag)).Transaction;
        await wire.DisposeAsync();
        await using var again = await WireCharger.Connect(host.Address, charger);

        Assert.Equal(first, (await again.Starts(tag, id: "another-id")).Transaction);
        await again.Call("StopTransaction", Transactions.Stop(first, Transactions.Stamp(2)));
        await again.Call("StopTransaction", Transactions.Stop(first, Transactions.Stamp(2)), "one-more");

        await Eventually.Holds(async () => (await Api.Link(charger)).GetProperty("queued").GetInt32() == 0);
        Assert.Single(system.Of("StartTransaction"));
        Assert.Single(system.Of("StopTransaction"));
    }

    [Fact]
    public async Task A_system_that_lets_the_charger_wait_is_told_nothing_until_it_accepts_it()
    {
        await using var system = await UpstreamSystem.Start();
        var boots = 0;
        system.Answer = (action, _) => action == "BootNotification" && ++boots == 1
            ? """{"status":"Pending","currentTime":"2026-01-01T00:00:00Z","interval":2}"""
            : null;
        var (wire, charger) = await host.NewCharger();
        await using var _1 = wire;
        await Api.Relay(charger, system.Url);
        await Api.AwaitState(charger, "booting");
        await wire.Starts(await host.NewTag());

        await Eventually.Holds(() => system.Of("StartTransaction").Any());
        Assert.Equal(["BootNotification", "BootNotification", "StartTransaction"], system.Actions);
        await Api.AwaitState(charger, "open");
    }

    [Fact]
    public async Task The_charger_comes_under_its_name_there_with_its_password_and_a_mark_and_the_password_is_shown_nowhere()
    {
        await using var system = await UpstreamSystem.Start();
        var (wire, charger) = await host.NewCharger();
        await using var _1 = wire;
        await Api.Relay(charger, "", body: new { url = system.Url, identity = "ACME-" + charger, password = "a secret of theirs" });
        await Api.AwaitState(charger, "open");

        var (path, authorization, via) = system.Visits.Single();
        Assert.Equal($"/their/ocpp/ACME-{charger}", path);
        Assert.Equal($"ACME-{charger}:a secret of theirs", Encoding.UTF8.GetString(Convert.FromBase64String(authorization["Basic ".Length..])));
        Assert.Equal("1.1 evcharge", via);
        var link = await Api.Link(charger);
        Assert.True(link.GetProperty("hasPassword").GetBoolean());
        var exported = (await Api.Get("/api/v1/audit?limit=1000")).Text;
        Assert.DoesNotContain("a secret of theirs", link.GetRawText() + exported, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_system_refuses_three_times_is_put_aside_for_an_operator_and_holds_nothing_else_up()
    {
        await using var system = await UpstreamSystem.Start();
        system.Answer = (action, _) => action == "StartTransaction" ? """[4,"ID","InternalError","no more room",{}]""" : null;
        var (wire, charger) = await host.NewCharger();
        await using var _1 = wire;
        await Api.Relay(charger, system.Url);
        var tag = await host.NewTag();
        await Session(wire, tag, minute: 0);

        await Eventually.Holds(async () => (await Api.Link(charger)) is var link && link.GetProperty("parked").GetInt32() == 3 && link.GetProperty("queued").GetInt32() == 0);
        Assert.Equal(3, system.Of("StartTransaction").Count());
        Assert.Empty(system.Of("StopTransaction"));
        await new Records(host.Services).AwaitEvent("proxy-message-parked", charger, "no more room");

        system.Answer = (_, _) => null;
        Assert.Equal(3, (await Api.Post(ProxyLinks.PathOf(charger) + "/retry", new { })).Body.GetProperty("messages").GetInt32());
        await Eventually.Holds(() => system.Of("StopTransaction").Any());
        Assert.Equal(700, system.Of("MeterValues").Single().GetProperty("transactionId").GetInt32());
        Assert.Equal(0, (await Api.Link(charger)).GetProperty("parked").GetInt32());
    }

    [Fact]
    public async Task What_was_put_aside_can_be_dropped()
    {
        await using var system = await UpstreamSystem.Start();
        system.Answer = (action, _) => action == "StartTransaction" ? """{"idTagInfo":{"status":"Accepted"}}""" : null;
        var (wire, charger) = await host.NewCharger();
        await using var _1 = wire;
        await Api.Relay(charger, system.Url);
        await wire.Starts(await host.NewTag());
        await Eventually.Holds(async () => (await Api.Link(charger)).GetProperty("parked").GetInt32() == 1);
        Assert.Contains("names no transaction", (await Api.Link(charger)).Text("parkedProblem"), StringComparison.Ordinal);

        Assert.Equal(1, (await Api.Post(ProxyLinks.PathOf(charger) + "/drop", new { })).Body.GetProperty("messages").GetInt32());
        Assert.Equal(0, (await Api.Link(charger)).GetProperty("parked").GetInt32());
    }

    [Fact]
    public async Task A_system_sees_the_charger_leave_and_a_new_connection_tells_how_its_connectors_stand()
    {
        await using var system = await UpstreamSystem.Start();
        var (wire, charger) = await host.NewCharger();
        await wire.Call("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available"}""");
        await Api.Relay(charger, system.Url);
        await Api.AwaitState(charger, "open");
        Assert.Equal("Available", system.Of("StatusNotification").Single().Text("status"));

        await wire.DisposeAsync();

        await Api.AwaitState(charger, "resting");
        await using var again = await WireCharger.Connect(host.Address, charger);
        await Eventually.Holds(() => system.Visits.Count == 2);
    }

    [Fact]
    public async Task A_link_that_is_deleted_ends_and_one_that_is_changed_begins_anew()
    {
        await using var system = await UpstreamSystem.Start();
        await using var other = await UpstreamSystem.Start();
        var (wire, charger) = await host.NewCharger();
        await using var _1 = wire;
        await Api.Relay(charger, system.Url);
        await Api.AwaitState(charger, "open");

        (await Api.Put(ProxyLinks.PathOf(charger), new { url = other.Url })).Expect(System.Net.HttpStatusCode.OK);
        await Eventually.Holds(() => !other.Visits.IsEmpty);
        await Api.AwaitState(charger, "open");
        (await Api.Delete(ProxyLinks.PathOf(charger))).Expect(System.Net.HttpStatusCode.NoContent);
        (await Api.Get(ProxyLinks.PathOf(charger))).Expect(System.Net.HttpStatusCode.NotFound);

        await wire.Starts(await host.NewTag());
        Assert.Empty(system.Of("StartTransaction").Concat(other.Of("StartTransaction")));
        Assert.Empty((await Api.Get($"/api/v1/chargers/{charger}/proxy-links")).Body.GetProperty("items").EnumerateArray());
    }

    /// <returns>The number of the transaction here.</returns>
    private static async Task<int> Session(WireCharger wire, string tag, int minute)
    {
        var transaction = (await wire.Starts(tag, minute)).Transaction;
        await wire.Call("MeterValues", Transactions.Meter(transaction, Transactions.Stamp(minute + 1), "1500"));
        await wire.Call("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Finishing"}""");
        await wire.Call("StopTransaction", Transactions.Stop(transaction, Transactions.Stamp(minute + 2), tag: tag));
        return transaction;
    }

    private static int Minute(string stamp) => int.Parse(stamp.AsSpan(14, 2), System.Globalization.CultureInfo.InvariantCulture);
}
