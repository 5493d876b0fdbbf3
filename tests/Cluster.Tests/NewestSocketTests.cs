using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using EvCharge.ClusterTests.Simulator;

namespace EvCharge.ClusterTests;

[Collection(ProcessTests.Name)]
[Trait("pain", "reconnect-race")]
public sealed class NewestSocketTests
{
    [Theory]
    [InlineData(InstallationKind.Standalone)]
    [InlineData(InstallationKind.Split)]
    public async Task Of_two_sockets_of_one_charger_the_newest_is_commanded_and_the_end_of_the_old_one_changes_nothing(InstallationKind kind)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var product = await Installation.StartAsync(kind, "newest");
        using var api = await product.LoginAsync();
        await api.PutAsync("sites/site", new { name = "Site", timeZone = "Europe/Paris", energyUnit = "A" });
        await api.PutAsync("chargers/TWICE", new { site = "site", connectors = 1 });
        await WarmUpAsync(product, api);

        using var old = new ClientWebSocket();
        old.Options.AddSubProtocol("ocpp1.6");
        await old.ConnectAsync(new Uri(product.Ocpp, "/ocpp/TWICE"), stop);
        await old.SendAsync("""[2,"1","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]"""u8.ToArray(), WebSocketMessageType.Text, true, stop);
        var buffer = new byte[4096];
        var boot = await old.ReceiveAsync(buffer, stop);
        Assert.Contains("Accepted", Encoding.UTF8.GetString(buffer, 0, boot.Count), StringComparison.Ordinal);

        // Each newcomer takes over from the one before it, at the other gateway where there are two. The median counts, for a
        // busy machine may take a break in any of them.
        await using var newcomers = new SimulatedChargers();
        List<TimeSpan> took = [];
        for (var takeover = 0; takeover < 5; takeover++)
        {
            var newcomer = newcomers.Add(SimulatedCharger.Start(product.OcppOf(takeover + 1), options => options with { Identity = "TWICE", Reconnect = false }));
            await newcomer.OnlineAsync();
            var clock = Stopwatch.StartNew();
            await AssertCommandableAsync(api, "TWICE");
            took.Add(clock.Elapsed);
            Assert.Equal(1, newcomer.Point.CommandsReceived);
        }

        Assert.True(took.Order().ElementAt(2) < TimeSpan.FromSeconds(1), $"The answers took {string.Join(", ", took)}.");
        var newest = newcomers.All[^1];

        // The old socket never answered its close; now it goes away with a TCP reset, late.
        old.Abort();
        for (var call = 2; call <= 20; call++)
        {
            await AssertCommandableAsync(api, "TWICE");
            Assert.Equal(call, newest.Point.CommandsReceived);
            Assert.True((await api.GetAsync("chargers/TWICE")).Flag("online"));
        }
    }

    /// <summary>The limit of a second is for finding the newest socket, not for compiling the way of a command.</summary>
    private static async Task WarmUpAsync(Installation product, ProductApi api)
    {
        await api.PutAsync("chargers/WARM", new { site = "site", connectors = 1 });
        foreach (var gateway in product.Gateways)
        {
            await using var warm = SimulatedCharger.Start(gateway.Ocpp, options => options with { Identity = "WARM" });
            await warm.OnlineAsync();
            await AssertCommandableAsync(api, "WARM");
        }
    }

    private static async Task AssertCommandableAsync(ProductApi api, string charger)
    {
        var (status, body) = await api.CallAsync(charger, "GetConfiguration", """{"key":["NumberOfConnectors"]}""");
        Assert.True(status == HttpStatusCode.OK, $"{status} {body}");
        Assert.Equal("answered", body.Text("status"));
    }
}
