using System.Net;
using System.Net.WebSockets;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>Two connections of one charger: the newer wins, if it has the right to be there.</summary>
[Trait("pain", "reconnect-race")]
public sealed class NewestConnectionTests(GatewayHost host)
{
    private const string Password = "a password of some length";

    private readonly Records _records = new(host.Services);

    [Fact]
    public async Task The_newer_connection_wins_and_the_older_is_closed_with_1008()
    {
        var name = await _records.NewCharger(host.Name("CP"));
        await using var older = await WireCharger.Connect(host.Address, name);
        await using var newer = await WireCharger.Connect(host.Address, name);

        await older.Ended;
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, older.CloseStatus);
        await _records.AwaitEvent("connection-superseded", name);

        var calling = Call(name, "ClearCache", new { });
        await newer.Answer((await newer.NextCall()).Id, """{"status":"Accepted"}""");
        (await calling).Expect(HttpStatusCode.OK);
        Assert.True(await _records.IsOnline(name));
    }

    [Fact]
    public async Task A_late_end_of_the_older_connection_changes_nothing()
    {
        var name = await _records.NewCharger(host.Name("CP"));
        using var older = await RawClient.Open(host.Address, name);
        await older.Exchange("1", "BootNotification", WireCharger.Boot);
        await using var newer = await WireCharger.Connect(host.Address, name);

        // It never answers the close frame; the gateway gives it up.
        await older.HungUp();
        older.Reset();

        await newer.Call("Heartbeat", "{}");
        Assert.True(await _records.IsOnline(name));
    }

    [Fact]
    public async Task A_command_under_way_on_the_older_connection_ends_as_unknown()
    {
        var name = await _records.NewCharger(host.Name("CP"));
        await using var older = await WireCharger.Connect(host.Address, name);
        var calling = Call(name, "UnlockConnector", new { connectorId = 1 });
        await older.NextCall();

        await using var newer = await WireCharger.Connect(host.Address, name);

        Assert.Equal("unknown", (await calling).Expect(HttpStatusCode.BadGateway).Code);
        var next = Call(name, "ClearCache", new { });
        var (id, action, _) = await newer.NextCall();
        Assert.Equal("ClearCache", action);
        await newer.Answer(id, """{"status":"Accepted"}""");
        (await next).Expect(HttpStatusCode.OK);
    }

    [Trait("attack", "duplicate-identity")]
    [Fact]
    public async Task Wrong_credentials_never_displace_a_connection_and_right_ones_do()
    {
        var name = await _records.NewCharger(host.Name("CP"), Password);
        await using var older = await WireCharger.Connect(host.Address, name, Password);

        await Assert.ThrowsAsync<WebSocketException>(() => WireCharger.Connect(host.Address, name, "another password"));
        await Assert.ThrowsAsync<WebSocketException>(() => WireCharger.Connect(host.Address, name));
        await _records.AwaitEvent("charger-refused", name);
        await older.Call("Heartbeat", "{}");

        await using var newer = await WireCharger.Connect(host.Address, name, Password);
        await older.Ended;
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, older.CloseStatus);
        await newer.Call("Heartbeat", "{}");
    }

    [Trait("attack", "reused-session")]
    [Fact]
    public async Task A_connection_that_was_let_in_is_no_pass_for_the_next_one_nor_for_another_charger()
    {
        var name = await _records.NewCharger(host.Name("CP"), Password);
        var other = await _records.NewCharger(host.Name("CP"), "a password of its own");
        await using (var before = await WireCharger.Connect(host.Address, name, Password))
        {
            await Assert.ThrowsAsync<WebSocketException>(() => WireCharger.Connect(host.Address, other, Password));
            await before.Close();
        }

        await Assert.ThrowsAsync<WebSocketException>(() => WireCharger.Connect(host.Address, name));
        await Assert.ThrowsAsync<WebSocketException>(() => WireCharger.Connect(host.Address, name, "a password of its own"));
        await using var after = await WireCharger.Connect(host.Address, name, Password);
        await after.Call("Heartbeat", "{}");
    }

    [Fact]
    public async Task Of_many_connections_at_once_one_is_left_and_it_is_the_one_that_is_commanded()
    {
        for (var round = 0; round < 5; round++)
        {
            await OneOfMany(await _records.NewCharger(host.Name("CP")));
        }
    }

    private async Task OneOfMany(string name)
    {
        var chargers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            WireCharger.Open(host.Address, $"/ocpp/{name}", null, "ocpp1.6")));
        try
        {
            await Eventually.Holds(() => Task.FromResult(chargers.Count(charger => !charger.Ended.IsCompleted) == 1), "one is left");

            var left = chargers.Single(charger => !charger.Ended.IsCompleted);
            await left.Call("BootNotification", WireCharger.Boot);
            var calling = Call(name, "ClearCache", new { });
            await left.Answer((await left.NextCall()).Id, """{"status":"Accepted"}""");
            (await calling).Expect(HttpStatusCode.OK);
            Assert.True(await _records.IsOnline(name));
        }
        finally
        {
            foreach (var charger in chargers)
            {
                await charger.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task A_charger_that_comes_and_goes_ends_as_what_it_did_last()
    {
        var name = await _records.NewCharger(host.Name("CP"));
        for (var round = 0; round < 20; round++)
        {
            await using var charger = await WireCharger.Connect(host.Address, name);
            if (round % 2 == 0)
            {
                await charger.Close();
            }
        }

        await _records.AwaitOnline(name, online: false);
        await using var last = await WireCharger.Connect(host.Address, name);
        await _records.AwaitOnline(name);
    }

    private Task<ApiAnswer> Call(string charger, string action, object payload) =>
        host.Administrator.Post($"/api/v1/chargers/{charger}/calls/{action}", payload);
}
