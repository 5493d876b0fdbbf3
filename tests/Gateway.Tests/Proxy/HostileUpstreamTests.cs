using System.Diagnostics;
using System.Net;
using System.Text;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Authorization;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Proxy;

/// <summary>Systems that do harm, and links that lead to where they must not.</summary>
public sealed class HostileUpstreamTests(GatewayHost host)
{
    private ApiClient Api => host.Administrator;

    private string Here => $"ws://127.0.0.1:{host.Address.Port}/ocpp";

    [Trait("attack", "hostile-upstream")]
    [Fact]
    public async Task A_link_that_leads_back_to_its_charger_is_refused_as_a_loop_and_the_charger_stays()
    {
        var (wire, charger) = await host.NewCharger();
        await using var _1 = wire;

        await Api.Relay(charger, Here);

        await Api.AwaitProblem(charger, "508");
        await new Records(host.Services).AwaitEvent("proxy-loop", charger);
        await wire.Call("Heartbeat", "{}");
        Assert.False(wire.Ended.IsCompleted);
    }

    [Trait("attack", "hostile-upstream")]
    [Fact]
    public async Task A_loop_over_another_charger_is_refused_too_and_a_relay_to_one_that_ends_there_is_none()
    {
        var (wire, charger) = await host.NewCharger();
        await using var _1 = wire;
        var between = host.Name("CP");
        (await Api.Put($"/api/v1/chargers/{between}", new { connectors = 2 })).Expect(HttpStatusCode.Created);
        await Api.Relay(charger, "", body: new { url = Here, identity = between });
        await Api.AwaitState(charger, "open");
        Assert.True((await Api.Get($"/api/v1/chargers/{between}")).Body.GetProperty("online").GetBoolean());

        await Api.Relay(between, "", body: new { url = Here, identity = charger });

        await Api.AwaitProblem(between, "508");
    }

    [Trait("attack", "hostile-upstream")]
    [Fact]
    public async Task A_message_of_ten_megabytes_ends_the_connection_and_nothing_else()
    {
        await using var system = await UpstreamSystem.Start();
        var (wire, charger) = await Relayed(system);
        await using var _1 = wire;

        // The connection may be gone before all of it is written.
        await Record.ExceptionAsync(() => system.Send($$"""[2,"x","DataTransfer",{"vendorId":"v","data":"{{new string('x', 10_000_000)}}"}]"""));

        await new Records(host.Services).AwaitEvent("proxy-link-down", charger, "more than 65536 bytes");
        await wire.Call("Heartbeat", "{}");
        await Eventually.Holds(() => system.Visits.Count >= 2); // and it is tried again
    }

    [Trait("attack", "hostile-upstream")]
    [Fact]
    public async Task Garbage_ends_the_connection_and_nothing_else()
    {
        await using var system = await UpstreamSystem.Start();
        var (wire, charger) = await Relayed(system);
        await using var _1 = wire;

        foreach (var garbage in (string[])["hello", "[[[", "{\"a\":"])
        {
            await system.Send(garbage);
        }

        await new Records(host.Services).AwaitEvent("proxy-link-down", charger, "cannot be read");
        await wire.Call("Heartbeat", "{}");
    }

    [Trait("attack", "hostile-upstream")]
    [Fact]
    public async Task A_flood_of_commands_ends_the_connection_and_the_charger_is_not_flooded()
    {
        await using var system = await UpstreamSystem.Start();
        var (wire, charger) = await Relayed(system);
        await using var _1 = wire;

        await Record.ExceptionAsync(async () =>
        {
            for (var number = 0; number < 200; number++)
            {
                await system.Send($$"""[2,"{{number}}","TriggerMessage",{"requestedMessage":"Heartbeat"}]""");
            }
        });

        await new Records(host.Services).AwaitEvent("proxy-link-down", charger, "without waiting");
        var commands = (await Api.Get($"/api/v1/commands?charger={charger}")).Body.GetProperty("items").GetArrayLength();
        Assert.InRange(commands, 0, 2);
    }

    [Trait("attack", "hostile-upstream")]
    [Fact]
    public async Task A_system_that_accepts_connections_and_says_nothing_slows_no_charger_down()
    {
        using var silent = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var (relayed, charger) = await host.NewCharger();
        await using var _1 = relayed;
        await Api.Relay(charger, $"ws://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}");
        await Api.AwaitState(charger, "connecting");
        var tag = await host.NewTag();
        var transaction = (await relayed.Starts(tag)).Transaction;

        var clock = Stopwatch.StartNew();
        for (var minute = 1; minute <= 50; minute++)
        {
            await relayed.Call("MeterValues", Transactions.Meter(transaction, Transactions.Stamp(minute), $"{1_000 + minute}"));
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"50 readings took {clock.Elapsed}"); // an answer waited for takes 10 s each
        Assert.True((await Api.Link(charger)).GetProperty("queued").GetInt32() >= 51);
    }

    [Trait("attack", "hostile-upstream")]
    [Theory]
    [InlineData("wss://169.254.169.254/latest", "no address that may be called")]
    [InlineData("wss://10.0.0.1", "no address that may be called")]
    [InlineData("wss://[::ffff:192.168.0.1]", "no address that may be called")]
    public async Task A_link_into_a_private_network_is_not_followed(string url, string problem)
    {
        var (wire, charger) = await host.NewCharger();
        await using var _1 = wire;
        await Api.Relay(charger, url);
        await Api.AwaitProblem(charger, problem);
    }

    [Trait("attack", "hostile-upstream")]
    [Theory]
    [InlineData("""{"url":"https://a.example"}""")]
    [InlineData("""{"url":"ws://a.example"}""")]
    [InlineData("""{"url":"wss://me:secret@a.example"}""")]
    [InlineData("""{"url":"wss://a.example?token=1"}""")]
    [InlineData("""{"url":"file:///etc/passwd"}""")]
    [InlineData("{}")]
    [InlineData("""{"url":"wss://a.example","role":"owner"}""")]
    [InlineData("""{"url":"wss://a.example","identity":"a/b"}""")]
    [InlineData("""{"url":"wss://a.example","password":"\u0007"}""")]
    public async Task A_link_that_could_not_be_right_is_not_taken(string body)
    {
        var charger = host.Name("CP");
        (await Api.Put($"/api/v1/chargers/{charger}", new { })).Expect(HttpStatusCode.Created);
        (await Api.SendText(HttpMethod.Put, ProxyLinks.PathOf(charger), body)).Expect(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_password_does_not_go_along_to_another_address_or_name()
    {
        var charger = host.Name("CP");
        (await Api.Put($"/api/v1/chargers/{charger}", new { })).Expect(HttpStatusCode.Created);
        await Api.Relay(charger, "", body: new { url = "wss://a.example/x", password = "theirs" });

        (await Api.Put(ProxyLinks.PathOf(charger), new { url = "wss://b.example/x" })).Expect(HttpStatusCode.UnprocessableEntity);
        (await Api.Put(ProxyLinks.PathOf(charger), new { url = "wss://a.example/x", identity = "other" })).Expect(HttpStatusCode.UnprocessableEntity);
        Assert.True((await Api.Put(ProxyLinks.PathOf(charger), new { url = "wss://a.example/y" })).Expect(HttpStatusCode.OK).Body.GetProperty("hasPassword").GetBoolean());
        Assert.False((await Api.Put(ProxyLinks.PathOf(charger), new { url = "wss://b.example/x", password = "" })).Expect(HttpStatusCode.OK).Body.GetProperty("hasPassword").GetBoolean());
    }

    [Fact]
    public async Task A_charger_has_eight_links_and_no_more_and_the_names_of_links_have_a_grammar()
    {
        var charger = host.Name("CP");
        (await Api.Put($"/api/v1/chargers/{charger}", new { })).Expect(HttpStatusCode.Created);
        for (var number = 0; number < 8; number++)
        {
            await Api.Relay(charger, "wss://a.example", link: $"l{number}");
        }

        Assert.Equal("quota", (await Api.Put(ProxyLinks.PathOf(charger, "l8"), new { url = "wss://a.example" })).Expect(HttpStatusCode.Conflict).Body.Text("code"));
        (await Api.Put(ProxyLinks.PathOf(charger, "a%20b"), new { url = "wss://a.example" })).Expect(HttpStatusCode.BadRequest);
        (await Api.Put(ProxyLinks.PathOf("nowhere-at-all"), new { url = "wss://a.example" })).Expect(HttpStatusCode.NotFound);
    }

    private async Task<(WireCharger Wire, string Name)> Relayed(UpstreamSystem system)
    {
        var (wire, charger) = await host.NewCharger();
        await Api.Relay(charger, system.Url, role: "authority");
        await Api.AwaitState(charger, "open");
        return (wire, charger);
    }
}
