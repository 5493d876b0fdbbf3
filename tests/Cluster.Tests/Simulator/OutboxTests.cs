using EvCharge.ChargerSimulator.Ledgers;

namespace EvCharge.ClusterTests.Simulator;

public sealed class OutboxTests
{
    [Fact]
    public async Task A_session_begun_offline_is_delivered_in_order_with_its_own_times()
    {
        await using var csms = await TestCsms.StartAsync();
        var open = false;
        csms.OnUpgrade = _ => open ? 101 : 503;
        await using var charger = SimulatedCharger.Start(csms.Url);
        await charger.ChargeAsync();
        var waiting = charger.Point.WaitingMessages;
        Assert.True(waiting > 3, $"{waiting} messages waited");
        Assert.All(charger.Point.Options.Ledger!.Snapshot(), entry => Assert.Equal(LedgerState.Queued, entry.State));

        open = true;
        await charger.DeliveredAsync();

        var sent = csms.Calls().Where(call => call.Action is "StartTransaction" or "MeterValues" or "StopTransaction").ToList();
        Assert.Equal("StartTransaction", sent[0].Action);
        Assert.Equal("StopTransaction", sent[^1].Action);
        Assert.Equal(waiting, sent.Count);
        Assert.All(sent.Skip(1), call => Assert.Equal(1, (int)call.Payload["transactionId"]!));
        var ledger = charger.Point.Options.Ledger!.Snapshot();
        Assert.All(ledger, entry => Assert.Equal((LedgerState.Acknowledged, 1, 1), (entry.State, entry.TransactionId!.Value, entry.Attempts)));
        Assert.Equal(Stamp(ledger[0]), (string)sent[0].Payload["timestamp"]!);
        Assert.Equal(Stamp(ledger[^1]), (string)sent[^1].Payload["timestamp"]!);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public async Task An_unanswered_frame_is_repeated_with_the_same_payload(bool newId, int ids)
    {
        await using var csms = await TestCsms.StartAsync();
        var starts = 0;
        csms.OnCall = call => call.Action == "StartTransaction" && ++starts < 3 ? null : CsmsAnswer.Usual;
        await using var charger = SimulatedCharger.Start(csms.Url, options => options with
        {
            NewIdOnRepeat = newId,
            AnswerTimeout = TimeSpan.FromMilliseconds(100),
        });
        await charger.OnlineAsync();
        await charger.ChargeAsync();
        await charger.DeliveredAsync();

        var sent = csms.Calls("StartTransaction");
        Assert.Equal(3, sent.Count);
        Assert.Equal(ids, sent.Select(call => call.MessageId).Distinct().Count());
        Assert.Single(sent.Select(call => call.Payload.ToJsonString()).Distinct());
        Assert.Equal(3, charger.Point.Options.Ledger!.Snapshot()[0].Attempts);
    }

    [Fact]
    public async Task A_frame_that_a_reset_cut_off_is_repeated_on_the_next_connection()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = SimulatedCharger.Start(csms.Url);
        var cut = false;
        csms.OnCall = call =>
        {
            if (call.Action != "StopTransaction" || cut)
                return CsmsAnswer.Usual;
            cut = true;
            charger.Point.Cut(reset: true);
            return null;
        };
        await charger.OnlineAsync();
        await charger.ChargeAsync();
        await charger.DeliveredAsync();

        var stops = csms.Calls("StopTransaction");
        Assert.Equal(2, stops.Count);
        Assert.Equal(stops[0].MessageId, stops[1].MessageId);
        Assert.Equal(2, csms.Upgrades);
    }

    [Fact]
    public async Task A_start_that_is_refused_again_and_again_gives_up_its_transaction_and_nothing_else()
    {
        await using var csms = await TestCsms.StartAsync();
        var refuse = true;
        csms.OnCall = call => call.Action == "StartTransaction" && refuse ? new(Error: "InternalError") : CsmsAnswer.Usual;
        await using var charger = SimulatedCharger.Start(csms.Url, options => options with { RefusedAttempts = 2 });
        await charger.OnlineAsync();
        await charger.ChargeAsync();
        await charger.DeliveredAsync();
        refuse = false;
        await charger.ChargeAsync();
        await charger.DeliveredAsync();

        var ledger = charger.Point.Options.Ledger!.Snapshot();
        Assert.Equal((LedgerState.Refused, 2), (ledger[0].State, ledger[0].Refusals));
        Assert.All(ledger.Where(entry => entry.Session == 1).Skip(1), entry => Assert.Equal(LedgerState.Abandoned, entry.State));
        Assert.All(ledger.Where(entry => entry.Session == 2), entry => Assert.Equal(LedgerState.Acknowledged, entry.State));
        Assert.Equal(3, csms.Calls("StartTransaction").Count);
        Assert.Single(csms.Calls("StopTransaction"));
    }

    private static string Stamp(LedgerEntry entry) =>
        entry.Timestamp.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
