using System.Diagnostics;
using System.Net.WebSockets;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>Chargers that send faster than they are served, or never read: they are cut, and the others do not notice.</summary>
[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class FloodTests(GatewayHost host)
{
    private static readonly byte[] Heartbeats =
        [.. Enumerable.Range(0, 500).SelectMany(call => RawClient.Frame(RawClient.FinalText, $$"""[2,"{{call}}","Heartbeat",{}]"""))];

    private readonly Records _records = new(host.Services);

    [Trait("attack", "flood")]
    [Fact]
    public async Task A_flood_that_goes_on_is_cut_with_1008()
    {
        await using var other = await WireCharger.Connect(host.Address, await _records.NewCharger(host.Name("CP")));
        using var client = await RawClient.Open(host.Address, await _records.NewCharger(host.Name("CP")));
        using var over = new CancellationTokenSource();

        var flooding = Flood(client, over.Token);
        await other.Call("Heartbeat", "{}");

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await client.Closed());
        await over.CancelAsync();
        await flooding;
        await other.Call("Heartbeat", "{}");
    }

    [Fact]
    public async Task A_charger_that_floods_and_never_reads_is_cut()
    {
        var name = await _records.NewCharger(host.Name("CP"));
        using var client = await RawClient.Open(host.Address, name);
        using var over = new CancellationTokenSource();

        var flooding = Flood(client, over.Token);

        // The flood ends by itself: the system hangs up on it.
        await flooding;
        await _records.AwaitOnline(name, online: false);
    }

    [Fact]
    public async Task A_queue_sent_at_once_is_served_to_its_end_with_pauses()
    {
        const int messages = 100;
        using var client = await RawClient.Open(host.Address, await _records.NewCharger(host.Name("CP")));
        var queue = Enumerable.Range(0, messages).SelectMany(call =>
            RawClient.Frame(RawClient.FinalText, $$"""[2,"{{call}}","Heartbeat",{}]"""));

        var clock = Stopwatch.StartNew();
        await client.Send(queue.ToArray());

        for (var call = 0; call < messages; call++)
        {
            Assert.Equal($"{call}", (await client.NextMessage())[1].GetString());
        }

        // A pause of 5 ms after each call as long as more than half of the queue of 16 is taken.
        Assert.True(clock.Elapsed > TimeSpan.FromMilliseconds(300), $"{clock.Elapsed}");
    }

    private static async Task Flood(RawClient client, CancellationToken over)
    {
        var taken = true;
        while (taken && !over.IsCancellationRequested)
        {
            taken = await client.SendWhileTaken(Heartbeats);
        }
    }
}
