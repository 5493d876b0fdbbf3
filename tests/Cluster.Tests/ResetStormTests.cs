using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using EvCharge.ChargerSimulator.Wire;
using EvCharge.ClusterTests.Simulator;

namespace EvCharge.ClusterTests;

/// <summary>Chargers that vanish in the middle of an upgrade, or come and go all the time, are nobody else's problem.</summary>
[Collection(ProcessTests.Name)]
[Trait("pain", "overload-after-outage")]
public sealed class ResetStormTests(ITestOutputHelper output)
{
    private const int Healthy = 200;
    private const int Resets = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    [Fact]
    public async Task A_storm_of_resets_and_a_flapping_charger_leave_the_healthy_ones_served()
    {
        await using var product = await Installation.StartAsync(InstallationKind.Standalone, "storm");
        using var api = await product.LoginAsync();
        await api.PutAsync("sites/site", new { name = "Site", timeZone = "Europe/Paris", energyUnit = "A" });
        foreach (var charger in Enumerable.Range(0, Healthy).Select(Name).Append("FLAP"))
            await api.PutAsync($"chargers/{charger}", new { site = "site", connectors = 1 });
        List<SimulatedCharger> chargers = [];
        try
        {
            for (var index = 0; index < Healthy; index++)
                chargers.Add(SimulatedCharger.Start(product.Ocpp, options => options with { Identity = Name(index), Reconnect = false }));
            await Task.WhenAll(chargers.Select(charger => charger.OnlineAsync()));
            var pid = product.Gateways[0].Pid;
            using var over = new CancellationTokenSource();
            var healthy = Task.WhenAll(chargers.Select(charger => BeatAsync(charger, over.Token)));
            var storm = Task.WhenAll(ResetUpgradesAsync(product), FlapAsync(product));
            await await Task.WhenAny(storm, healthy);
            await over.CancelAsync();
            var beats = await healthy;

            output.WriteLine($"{beats.Sum(one => one.Count)} heartbeats, the slowest took {beats.Max(one => one.Slowest).TotalMilliseconds:0} ms");
            Assert.All(beats, one => Assert.True(one.Count > 1));
            Assert.Equal(pid, product.Gateways[0].Pid);
            await using var flapped = SimulatedCharger.Start(product.Ocpp, options => options with { Identity = "FLAP" });
            await flapped.OnlineAsync();
            Assert.Equal(HttpStatusCode.OK, (await api.CallAsync("FLAP", "ClearCache")).Status);
        }
        finally
        {
            foreach (var charger in chargers)
                await charger.DisposeAsync();
        }
    }

    private static string Name(int index) => $"HEALTHY{index:000}";

    /// <summary>Heartbeats one after another, four a second; each must be answered within the patience.</summary>
    private static async Task<(int Count, TimeSpan Slowest)> BeatAsync(SimulatedCharger charger, CancellationToken over)
    {
        var (count, slowest) = (0, TimeSpan.Zero);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (!over.IsCancellationRequested)
        {
            var clock = Stopwatch.StartNew();
            var outcome = await charger.Point.CallAsync("Heartbeat", "{}"u8.ToArray(), charger.Stop).WaitAsync(Patience, TestContext.Current.CancellationToken);
            Assert.Equal(CallStatus.Answered, outcome.Status);
            count++;
            slowest = clock.Elapsed > slowest ? clock.Elapsed : slowest;
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return (count, slowest);
    }

    private static async Task ResetUpgradesAsync(Installation product)
    {
        for (var count = 0; count < Resets; count++)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, product.Http.Port, TestContext.Current.CancellationToken);
            var request = $"GET /ocpp/{(count % 2 == 0 ? "FLAP" : "NOBODY")} HTTP/1.1\r\nHost: {product.Http.Authority}\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                + "Sec-WebSocket-Protocol: ocpp1.6\r\n\r\n";
            await socket.SendAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }
    }

    /// <summary>One charger that connects, is cut by a reset and is back within 50 ms, again and again.</summary>
    private static async Task FlapAsync(Installation product)
    {
        for (var count = 0; count < Resets; count++)
        {
            using var socket = new ClientWebSocket();
            socket.Options.AddSubProtocol("ocpp1.6");
            await socket.ConnectAsync(new Uri(product.Ocpp, "/ocpp/FLAP"), TestContext.Current.CancellationToken);
            await socket.SendAsync("""[2,"1","Heartbeat",{}]"""u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
            socket.Abort();
        }
    }
}
