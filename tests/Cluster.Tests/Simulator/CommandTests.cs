using System.Text.Json.Nodes;

namespace EvCharge.ClusterTests.Simulator;

public sealed class CommandTests
{
    [Fact]
    public async Task A_changed_key_is_what_get_configuration_shows_and_what_the_charger_goes_by()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = await OnlineAsync(csms);

        Assert.Equal("Accepted", await ChangeAsync(csms, "MeterValueSampleInterval", "17"));
        Assert.Equal("Rejected", await ChangeAsync(csms, "MeterValueSampleInterval", "often"));
        Assert.Equal("Rejected", await ChangeAsync(csms, "NumberOfConnectors", "9"));
        Assert.Equal("NotSupported", await ChangeAsync(csms, "Colour", "red"));

        var answer = await csms.CommandAsync("CP1", "GetConfiguration", """{"key":["metervaluesampleinterval","Colour","AuthorizationKey"]}""");
        var key = answer[2]!["configurationKey"]!.AsArray().Single()!;
        Assert.Equal(("MeterValueSampleInterval", "17", false), ((string)key["key"]!, (string)key["value"]!, (bool)key["readonly"]!));
        Assert.Equal(["Colour", "AuthorizationKey"], answer[2]!["unknownKey"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(TimeSpan.FromSeconds(17), charger.Point.Settings.MeterValueSampleInterval);
    }

    [Fact]
    public async Task A_remote_start_and_a_remote_stop_run_a_transaction()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = await OnlineAsync(csms);

        Assert.Equal("Accepted", await StatusOfAsync(csms, "RemoteStartTransaction", """{"idTag":"REMOTE","connectorId":1}"""));
        await csms.WaitAsync("MeterValues");
        Assert.Equal("Rejected", await StatusOfAsync(csms, "RemoteStartTransaction", """{"idTag":"REMOTE","connectorId":1}"""));
        Assert.Equal("Rejected", await StatusOfAsync(csms, "RemoteStopTransaction", """{"transactionId":99}"""));
        Assert.Equal("Accepted", await StatusOfAsync(csms, "RemoteStopTransaction", """{"transactionId":1}"""));
        await csms.WaitAsync("StopTransaction");

        Assert.Equal("REMOTE", (string)csms.Calls("StartTransaction").Single().Payload["idTag"]!);
        Assert.Equal("Remote", (string)csms.Calls("StopTransaction").Single().Payload["reason"]!);
        Assert.Empty(csms.Calls("Authorize"));
    }

    [Fact]
    public async Task A_reset_drops_the_connection_and_boots_again_and_the_session_ends_with_its_reason()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = await OnlineAsync(csms);
        var session = charger.ChargeAsync(SimulatedCharger.Plan(minutes: 100_000));
        await csms.WaitAsync("MeterValues");

        Assert.Equal("Accepted", await StatusOfAsync(csms, "Reset", """{"type":"Hard"}"""));
        await session;
        await csms.WaitAsync("BootNotification", 2);
        await csms.WaitAsync("StopTransaction");
        Assert.Equal("HardReset", (string)csms.Calls("StopTransaction")[0].Payload["reason"]!);
    }

    [Fact]
    public async Task Out_of_service_is_scheduled_while_a_session_runs_and_refuses_the_next()
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = await OnlineAsync(csms);
        var session = charger.ChargeAsync(SimulatedCharger.Plan(minutes: 100_000));
        await csms.WaitAsync("StartTransaction");

        Assert.Equal("Scheduled", await StatusOfAsync(csms, "ChangeAvailability", """{"connectorId":1,"type":"Inoperative"}"""));
        charger.Point.StopSessions("Local");
        await session;
        await csms.WaitAsync(calls => calls[^1].Payload["status"]?.ToString() == "Unavailable");
        Assert.Equal(ChargerSimulator.Sessions.SessionEnd.NotAvailable, await charger.ChargeAsync());

        Assert.Equal("Accepted", await StatusOfAsync(csms, "ChangeAvailability", """{"connectorId":0,"type":"Operative"}"""));
        await csms.WaitAsync(calls => calls[^1].Payload["status"]?.ToString() == "Available");
        Assert.Equal("Rejected", await StatusOfAsync(csms, "ChangeAvailability", """{"connectorId":7,"type":"Operative"}"""));
    }

    [Theory]
    [InlineData("BootNotification", "BootNotification", 2)]
    [InlineData("Heartbeat", "Heartbeat", 1)]
    [InlineData("StatusNotification", "StatusNotification", 3)]
    [InlineData("MeterValues", "MeterValues", 1)]
    public async Task A_triggered_message_follows_its_answer(string trigger, string action, int count)
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = await OnlineAsync(csms);

        Assert.Equal("Accepted", await StatusOfAsync(csms, "TriggerMessage", $$"""{"requestedMessage":"{{trigger}}","connectorId":1}"""));
        await csms.WaitAsync(action, count);
    }

    [Theory]
    [InlineData("ClearCache", "{}", "Accepted")]
    [InlineData("DataTransfer", """{"vendorId":"nobody"}""", "UnknownVendorId")]
    [InlineData("UnlockConnector", """{"connectorId":1}""", "Unlocked")]
    [InlineData("UnlockConnector", """{"connectorId":5}""", "NotSupported")]
    [InlineData("TriggerMessage", """{"requestedMessage":"FirmwareStatusNotification"}""", "NotImplemented")]
    public async Task Other_commands_are_answered_truthfully(string action, string payload, string status)
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = await OnlineAsync(csms);

        Assert.Equal(status, await StatusOfAsync(csms, action, payload));
    }

    [Theory]
    [InlineData("GetDiagnostics", "{}", "NotImplemented")]
    [InlineData("Reset", "{}", "OccurenceConstraintViolation")]
    public async Task What_cannot_be_served_is_a_call_error(string action, string payload, string code)
    {
        await using var csms = await TestCsms.StartAsync();
        await using var charger = await OnlineAsync(csms);

        var answer = await csms.CommandAsync("CP1", action, payload);
        Assert.Equal((4, code), ((int)answer[0]!, (string)answer[2]!));
    }

    private static async Task<SimulatedCharger> OnlineAsync(TestCsms csms)
    {
        var charger = SimulatedCharger.Start(csms.Url);
        await csms.WaitAsync("StatusNotification", 2);
        return charger;
    }

    private static async Task<string> StatusOfAsync(TestCsms csms, string action, string payload)
    {
        JsonArray answer = await csms.CommandAsync("CP1", action, payload);
        Assert.True((int)answer[0]! == 3, answer.ToJsonString());
        return (string)answer[2]!["status"]!;
    }

    private static Task<string> ChangeAsync(TestCsms csms, string key, string value) =>
        StatusOfAsync(csms, "ChangeConfiguration", $$"""{"key":"{{key}}","value":"{{value}}"}""");
}
