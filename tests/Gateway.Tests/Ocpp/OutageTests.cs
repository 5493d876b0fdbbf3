using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Threading.Channels;
using EvCharge.GatewayTests.Api;
using static EvCharge.GatewayTests.Ocpp.Transactions;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>Chargers on the wire while a silo or the database server is killed under them.</summary>
[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class OutageTests
{
    [Fact]
    public async Task A_killed_silo_closes_no_socket_and_its_chargers_can_be_commanded_again()
    {
        await using var installation = await SplitInstallation.Start();
        var name = await installation.Records.NewCharger("CP-1");
        await using var charger = await WireCharger.Connect(installation.Address, name);
        var transaction = await charger.Started(Start(Stamp(0)));
        await installation.KillSiloOf(name);

        // The charger says nothing: the gateway finds out by itself.
        var client = await SignIn(installation);
        var calling = client.Post($"/api/v1/chargers/{name}/calls/ClearCache", new { });
        await charger.Answer((await charger.NextCall()).Id, """{"status":"Accepted"}""");
        (await calling).Expect(HttpStatusCode.OK);
        Assert.False(charger.Ended.IsCompleted);

        Assert.Equal(transaction, await charger.Started(Start(Stamp(0))));
        Assert.True((await installation.Records.Transaction(name)).Active);
    }

    [Fact]
    public async Task A_call_under_way_when_its_silo_is_killed_is_made_once_and_ends_as_unknown()
    {
        await using var installation = await SplitInstallation.Start();
        var name = await installation.Records.NewCharger("CP-1");
        await using var charger = await WireCharger.Connect(installation.Address, name);
        var client = await SignIn(installation);

        var calling = client.Post($"/api/v1/chargers/{name}/calls/UnlockConnector", new { connectorId = 1 });
        await charger.NextCall();
        await installation.KillSiloOf(name);

        Assert.Equal("unknown", (await calling).Expect(HttpStatusCode.BadGateway).Code);
        Assert.False(charger.HasCall);
    }

    [Fact]
    public async Task Messages_sent_while_the_silo_dies_are_answered_as_soon_as_the_connection_is_bound_again()
    {
        await using var installation = await SplitInstallation.Start();
        var name = await installation.Records.NewCharger("CP-1");
        await using var charger = await WireCharger.Connect(installation.Address, name);
        var transaction = await charger.Started(Start(Stamp(0)));

        // More than one survives the kill in the gateway's queue or on the way to the dead silo.
        for (var minute = 1; minute <= 10; minute++)
        {
            await charger.Send($"""[2,"m{minute}","MeterValues",{Meter(transaction, Stamp(minute), $"{1_000 + minute}")}]""");
        }

        await installation.KillSiloOf(name);
        var clock = Stopwatch.StartNew();
        for (var minute = 1; minute <= 10; minute++)
        {
            Assert.Equal($"m{minute}", (await charger.NextAnswer())[1].GetString());
        }

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal(10, (await installation.Records.Transaction(name)).EnergyWh);
    }

    [Fact]
    public async Task A_charger_whose_messages_cannot_be_recorded_is_sent_away_until_they_can_and_others_stay()
    {
        await using var installation = await SplitInstallation.Start("--Ocpp:UnansweredSeconds=2");
        var (waiting, quiet) = (await installation.Records.NewCharger("CP-WAITING"), await installation.Records.NewCharger("CP-QUIET"));
        using var charger = await RawClient.Open(installation.Address, waiting);
        await charger.Exchange("1", "BootNotification", WireCharger.Boot);
        await using var other = await WireCharger.Connect(installation.Address, quiet);
        await installation.Server.Kill();

        await charger.SendText($"""[2,"2","StartTransaction",{Start(Stamp(0))}]""");
        Assert.Equal((WebSocketCloseStatus)1013, await charger.Closed());
        var refused = await Upgrade(installation, waiting);
        Assert.StartsWith("HTTP/1.1 503 ", refused, StringComparison.Ordinal);
        Assert.Contains("Retry-After:", refused, StringComparison.OrdinalIgnoreCase);
        await other.Call("Heartbeat", "{}");

        await installation.Server.Start();
        await Eventually.Holds(() => Repeats(installation, waiting), "it may come back and is answered");
        Assert.False(other.Ended.IsCompleted);
    }

    [Fact]
    public async Task While_the_database_is_away_known_chargers_are_admitted_and_unknown_ones_told_to_come_back()
    {
        await using var installation = await SplitInstallation.Start();
        var name = await installation.Records.NewCharger("CP-KNOWN");
        await using (var charger = await WireCharger.Connect(installation.Address, name))
        {
            await installation.Server.Kill();
            await charger.Call("Heartbeat", "{}");
        }

        Assert.StartsWith("HTTP/1.1 101 ", await Upgrade(installation, name), StringComparison.Ordinal);
        var refused = await Upgrade(installation, "CP-STRANGER");
        Assert.StartsWith("HTTP/1.1 503 ", refused, StringComparison.Ordinal);
        Assert.Contains("Retry-After:", refused, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_gateway_that_stops_is_not_ready_and_lets_go_of_every_charger_in_order()
    {
        await using var installation = await SplitInstallation.Start("--Ocpp:DrainSeconds=2");
        var names = Enumerable.Range(0, 20).Select(number => $"CP-{number}").ToArray();
        List<WireCharger> chargers = [];
        foreach (var name in names)
        {
            chargers.Add(await WireCharger.Connect(installation.Address, await installation.Records.NewCharger(name)));
        }

        var client = new ApiClient(installation.Address);
        (await client.Get("/health/ready")).Expect(HttpStatusCode.OK);
        var stopping = installation.StopGateway();
        await Eventually.Holds(
            async () => (await client.Get("/health/ready")).Status == HttpStatusCode.ServiceUnavailable, "it is not ready");
        await stopping;

        foreach (var (charger, name) in chargers.Zip(names))
        {
            await charger.Ended;
            Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, charger.CloseStatus);
            Assert.False(await installation.Records.IsOnline(name));
            await charger.DisposeAsync();
        }
    }

    /// <summary>One attempt of a charger to come back with its message; silos may find the server later than the gateway does.</summary>
    private static async Task<bool> Repeats(SplitInstallation installation, string name)
    {
        try
        {
            await using var charger = await WireCharger.Connect(installation.Address, name);
            return await charger.Started(Start(Stamp(0))) > 0;
        }
        catch (Exception sentAway) when (sentAway is WebSocketException or ChannelClosedException)
        {
            return false;
        }
    }

    private static async Task<string> Upgrade(SplitInstallation installation, string name)
    {
        using var client = RawClient.Connect(installation.Address);
        return await client.Upgrade($"/ocpp/{name}");
    }

    private static async Task<ApiClient> SignIn(SplitInstallation installation)
    {
        var client = new ApiClient(installation.Address);
        var login = await client.Post("/api/v1/auth/token", new { username = "admin", password = GatewayHost.AdminPassword });
        return client.With("Authorization", $"Bearer {login.Body.GetProperty("accessToken").GetString()}");
    }
}
