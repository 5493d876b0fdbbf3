using System.Text;
using EvCharge.ChargerSimulator.Ledgers;
using EvCharge.ChargerSimulator.Sessions;
using EvCharge.ChargerSimulator.Wire;

namespace EvCharge.ClusterTests.Simulator;

public sealed class ChargePointTests
{
    [Fact]
    public async Task A_visit_is_told_step_by_step_in_the_order_of_a_real_charger()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = SimulatedCharger.Start(csms.Url);
        await csms.WaitAsync("StatusNotification", 2);

        Assert.Equal(SessionEnd.Finished, await charger.ChargeAsync());
        await charger.DeliveredAsync();

        var transaction = csms.Calls().Where(call => call.Action is "Authorize" or "StartTransaction" or "MeterValues" or "StopTransaction")
            .Select(call => call.Action).ToList();
        Assert.Equal(["Authorize", "StartTransaction"], transaction[..2]);
        Assert.True(transaction.Count > 4, string.Join(' ', transaction));
        Assert.All(transaction[2..^1], action => Assert.Equal("MeterValues", action));
        Assert.Equal("StopTransaction", transaction[^1]);
        var statuses = csms.Calls("StatusNotification").Where(call => (int)call.Payload["connectorId"]! == 1)
            .Select(call => (string)call.Payload["status"]!);
        Assert.Equal(["Available", "Preparing", "Charging", "Finishing", "Available"], statuses);
    }

    [Fact]
    public async Task Meter_values_carry_register_power_currents_voltages_and_state_of_charge()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = SimulatedCharger.Start(csms.Url);
        await charger.OnlineAsync();
        await charger.ChargeAsync();
        await charger.DeliveredAsync();

        var first = csms.Calls("MeterValues")[0].Payload;
        Assert.Equal(1, (int)first["transactionId"]!);
        var values = first["meterValue"]!.AsArray().Single()!["sampledValue"]!.AsArray()
            .Select(value => $"{value!["measurand"]} {value["phase"]} {value["unit"]}").ToList();
        Assert.Equal(
        [
            "Energy.Active.Import.Register  Wh", "Power.Active.Import  W",
            "Current.Import L1 A", "Voltage L1-N V", "Current.Import L2 A", "Voltage L2-N V", "Current.Import L3 A", "Voltage L3-N V",
            "SoC  Percent",
        ], values);
        var registers = csms.Calls("MeterValues")
            .Select(call => int.Parse((string)call.Payload["meterValue"]![0]!["sampledValue"]![0]!["value"]!)).ToList();
        Assert.True(registers.Zip(registers.Skip(1)).All(pair => pair.Second > pair.First), string.Join(' ', registers));
    }

    [Fact]
    public async Task Credentials_identity_and_subprotocol_are_in_the_upgrade()
    {
        await using var csms = await TestCsms.StartAsync();
        var (path, authorization, protocols) = ("", "", "");
        csms.OnUpgrade = context =>
        {
            path = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
            authorization = context.Request.Headers.Authorization.ToString();
            protocols = context.Request.Headers.SecWebSocketProtocol.ToString();
            return 101;
        };
        await using var charger = SimulatedCharger.Start(csms.Url, options => options with { Identity = "CP|1=:@*+", Password = "secret-key" });
        await charger.OnlineAsync();

        Assert.Equal("/ocpp/CP%7C1%3D%3A%40%2A%2B", path);
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("CP|1=:@*+:secret-key")), authorization);
        Assert.Equal("ocpp1.6", protocols);
    }

    [Fact]
    public async Task A_refused_charger_dials_again_until_it_is_let_in()
    {
        await using var csms = await TestCsms.StartAsync();
        csms.OnUpgrade = _ => csms.Upgrades < 4 ? 401 : 101;
        await using var charger = SimulatedCharger.Start(csms.Url);

        await charger.OnlineAsync();
        Assert.Equal(4, csms.Upgrades);
    }

    [Fact]
    public async Task Nothing_but_boot_messages_leaves_a_pending_charger()
    {
        await using var csms = await TestCsms.StartAsync();
        var boots = 0;
        csms.OnCall = call => call.Action == "BootNotification" && ++boots < 3
            ? new("""{"status":"Pending","currentTime":"2026-01-01T00:00:00.000Z","interval":1}""")
            : CsmsAnswer.Usual;
        await using var charger = SimulatedCharger.Start(csms.Url);
        await csms.WaitAsync("StatusNotification", 2);

        Assert.Equal(["BootNotification", "BootNotification", "BootNotification"], csms.Calls().Take(3).Select(call => call.Action));
    }

    [Fact]
    public async Task The_heartbeat_follows_the_interval_of_the_boot_answer()
    {
        await using var csms = await TestCsms.StartAsync();
        csms.OnCall = call => call.Action == "BootNotification"
            ? new("""{"status":"Accepted","currentTime":"2026-01-01T00:00:00.000Z","interval":1}""")
            : CsmsAnswer.Usual;
        await using var charger = SimulatedCharger.Start(csms.Url);

        await csms.WaitAsync("Heartbeat", 2);
        Assert.Equal(TimeSpan.FromSeconds(1), charger.Point.Settings.HeartbeatInterval);
    }

    [Fact]
    public async Task A_call_goes_out_only_when_the_one_before_it_is_answered()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = SimulatedCharger.Start(csms.Url, options => options with { AnswerTimeout = TimeSpan.FromMilliseconds(300) });
        await charger.OnlineAsync();
        await csms.WaitAsync("StatusNotification", 2);
        csms.OnCall = call => call.Action == "DataTransfer" ? null : CsmsAnswer.Usual;

        var unanswered = charger.Point.CallAsync("DataTransfer", """{"vendorId":"x"}"""u8.ToArray(), charger.Stop);
        var next = charger.Point.CallAsync("Heartbeat", "{}"u8.ToArray(), charger.Stop);
        await csms.WaitAsync("DataTransfer");
        Assert.Empty(csms.Calls("Heartbeat"));
        Assert.Equal(CallStatus.TimedOut, (await unanswered).Status);
        Assert.Equal(CallStatus.Answered, (await next).Status);
    }

    [Fact]
    public async Task A_refused_tag_starts_nothing()
    {
        await using var csms = await TestCsms.StartAsync();
        csms.OnCall = call => call.Action == "Authorize" ? new("""{"idTagInfo":{"status":"Blocked"}}""") : CsmsAnswer.Usual;
        await using var charger = SimulatedCharger.Start(csms.Url);
        await charger.OnlineAsync();

        Assert.Equal(SessionEnd.NotAuthorized, await charger.ChargeAsync());
        Assert.Empty(csms.Calls("StartTransaction"));
        Assert.Empty(charger.Point.Options.Ledger!.Snapshot());
    }

    [Fact]
    public async Task A_transaction_whose_start_denies_the_tag_is_stopped_as_deauthorized()
    {
        await using var csms = await TestCsms.StartAsync();
        csms.OnCall = call => call.Action == "StartTransaction"
            ? new("""{"transactionId":7,"idTagInfo":{"status":"ConcurrentTx"}}""")
            : CsmsAnswer.Usual;
        await using var charger = SimulatedCharger.Start(csms.Url);
        await charger.OnlineAsync();
        await charger.ChargeAsync(SimulatedCharger.Plan(minutes: 100_000));
        await charger.DeliveredAsync();

        Assert.Equal("DeAuthorized", (string)csms.Calls("StopTransaction").Single().Payload["reason"]!);
        var start = charger.Point.Options.Ledger!.Snapshot().Single(entry => entry.Kind == LedgerKind.Start);
        Assert.Equal("ConcurrentTx", start.IdTagStatus);
    }
}
