using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>Peers that are slow, half open or gone: each is given up within a time that is stated.</summary>
[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class SlownessTests(ImpatientInstallation impatient) : IClassFixture<ImpatientInstallation>
{
    /// <summary>On top of what is stated: the machine may be busy.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    private readonly Installation _installation = impatient.Installation;

    [Trait("attack", "slow-peer")]
    [Fact]
    public async Task A_handshake_that_is_not_finished_is_cut_within_ten_seconds()
    {
        using var silent = RawClient.Connect(_installation.Address);
        using var halting = RawClient.Connect(_installation.Address);
        await halting.Send(Encoding.ASCII.GetBytes(RawClient.Request("/ocpp/CP-HALTING")));
        var clock = Stopwatch.StartNew();

        await Task.WhenAll(silent.HungUp(), halting.HungUp());

        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10) + Slack);
    }

    [Fact]
    public async Task A_message_that_is_not_finished_in_time_closes_with_1008()
    {
        using var client = await NewClient("CP-HALF");
        await client.Send(RawClient.Frame(RawClient.OpenText, """[2,"half","Heart"""));
        var clock = Stopwatch.StartNew();

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await client.Closed());
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1) + Slack);
    }

    [Fact]
    public async Task A_frame_that_comes_byte_by_byte_closes_with_1008()
    {
        using var client = await NewClient("CP-DRIP");
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var closed = client.Closed();

        var frame = RawClient.Frame(RawClient.FinalText, new string(' ', 10_000));
        for (var sent = 0; sent < frame.Length && !closed.IsCompleted; sent++)
        {
            await client.SendWhileTaken(frame.AsMemory(sent, 1));
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await closed);
    }

    [Fact]
    public async Task A_long_message_over_a_poor_line_is_waited_for()
    {
        // Without pings, which this client answers only when it reads.
        using var client = await NewClient("CP-POOR", ping: false);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        var frame = RawClient.Frame(RawClient.FinalText, $$"""[2,"long","BootNotification",{"chargePointVendor":"V","chargePointModel":"M","pad":"{{new string(' ', 1_500)}}"}]""");

        // Two seconds at 750 bytes/s, where a message that stands still is given one.
        for (var sent = 0; sent < frame.Length; sent += 187)
        {
            await client.Send(frame.AsMemory(sent, Math.Min(187, frame.Length - sent)));
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("long", (await client.NextMessage())[1].GetString());
    }

    [Fact]
    [Trait("pain", "dead-charger-shown-online")]
    public async Task A_peer_that_no_longer_answers_pings_is_offline_within_two_intervals_and_one_that_does_stays()
    {
        await using var healthy = await WireCharger.Connect(_installation.Address, await _installation.Records.NewCharger("CP-HEALTHY"));
        var name = await _installation.Records.NewCharger("CP-GONE");
        using var gone = await RawClient.Open(_installation.Address, name);
        await gone.Exchange("1", "BootNotification", WireCharger.Boot);
        await _installation.Records.AwaitOnline(name);

        var time = await Eventually.Holds(async () => !await _installation.Records.IsOnline(name), $"{name} is offline");

        Assert.InRange(time, TimeSpan.Zero, TimeSpan.FromSeconds(2) + Slack);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await gone.Closed());
        await healthy.Call("Heartbeat", "{}");
        Assert.True(await _installation.Records.IsOnline("CP-HEALTHY"));
    }

    [Fact]
    public async Task A_charger_that_is_set_to_get_no_pings_stays_without_answering_any()
    {
        var name = await _installation.Records.NewCharger("CP-UNPINGED", ping: false);
        using var unpinged = await RawClient.Open(_installation.Address, name);
        await unpinged.Exchange("1", "BootNotification", WireCharger.Boot);
        var pinged = await _installation.Records.NewCharger("CP-PINGED");
        using var gone = await RawClient.Open(_installation.Address, pinged);
        await gone.Exchange("1", "BootNotification", WireCharger.Boot);
        await _installation.Records.AwaitOnline(pinged);

        // Until the other one is given up a ping was due for both.
        await _installation.Records.AwaitOnline(pinged, online: false);

        Assert.True(await _installation.Records.IsOnline(name));
        await unpinged.Exchange("2", "Heartbeat", "{}");
    }

    [Fact]
    public async Task A_frame_header_that_is_not_finished_does_not_hold_a_connection()
    {
        var name = await _installation.Records.NewCharger("CP-HEADER");
        using var client = await RawClient.Open(_installation.Address, name);
        await client.Send(new byte[] { RawClient.FinalText });

        await client.HungUp();
        await _installation.Records.AwaitOnline(name, online: false);
    }

    [Fact]
    public async Task A_charger_that_answers_no_close_is_given_up()
    {
        var name = await _installation.Records.NewCharger("CP-STUBBORN");
        using var stubborn = await RawClient.Open(_installation.Address, name);
        await stubborn.Exchange("1", "BootNotification", WireCharger.Boot);
        await using var newer = await WireCharger.Connect(_installation.Address, name);
        var clock = Stopwatch.StartNew();

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await stubborn.Closed());
        await stubborn.HungUp();

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2) + Slack);
    }

    private async Task<RawClient> NewClient(string name, bool? ping = null) =>
        await RawClient.Open(_installation.Address, await _installation.Records.NewCharger(name, ping: ping));
}
