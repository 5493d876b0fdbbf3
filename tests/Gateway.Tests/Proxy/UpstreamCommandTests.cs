using System.Text.Json;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Authorization;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Proxy;

/// <summary>What systems may do with a charger that is relayed to them.</summary>
public sealed class UpstreamCommandTests(GatewayHost host)
{
    private ApiClient Api => host.Administrator;

    [Fact]
    public async Task An_authority_stops_the_transaction_that_it_knows_and_no_other()
    {
        await using var system = await UpstreamSystem.Start();
        var (wire, charger) = await Relayed(system, "authority");
        await using var _1 = wire;
        var ours = (await wire.Starts(await host.NewTag())).Transaction;
        await Eventually.Holds(() => system.Of("StartTransaction").Any());
        await Settled(charger);

        Assert.Equal("Rejected", (await system.Command("RemoteStopTransaction", $$"""{"transactionId":{{ours}}}"""))[2].Text("status"));
        Assert.False(wire.HasCall);

        var stopping = system.Command("RemoteStopTransaction", """{"transactionId":700}""");
        var (id, action, payload) = await wire.NextCall();
        Assert.Equal(("RemoteStopTransaction", ours), (action, payload.GetProperty("transactionId").GetInt32()));
        await wire.Answer(id, """{"status":"Accepted"}""");
        Assert.Equal("Accepted", (await stopping)[2].Text("status"));
        var command = (await Api.Get($"/api/v1/commands?charger={charger}")).Body.GetProperty("items")[0];
        Assert.Equal("proxy:roaming", command.Text("requestedBy"));
    }

    [Fact]
    public async Task A_remote_start_comes_without_the_profile_that_could_outrank_the_site()
    {
        await using var system = await UpstreamSystem.Start();
        var (wire, _) = await Relayed(system, "authority");
        await using var _1 = wire;

        var starting = system.Command("RemoteStartTransaction", """
            {"idTag":"T","connectorId":1,"chargingProfile":{"chargingProfileId":1,"stackLevel":9,"chargingProfilePurpose":"TxProfile",
            "chargingProfileKind":"Relative","chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":99}]}}}
            """);

        var (id, action, payload) = await wire.NextCall();
        Assert.Equal(("RemoteStartTransaction", """{"idTag":"T","connectorId":1}"""), (action, payload.GetRawText()));
        await wire.Answer(id, """{"status":"Rejected"}""");
        Assert.Equal("Rejected", (await starting)[2].Text("status"));
    }

    [Fact]
    public async Task A_charger_that_does_not_answer_is_an_error_to_the_system()
    {
        await using var system = await UpstreamSystem.Start();
        var (wire, _) = await Relayed(system, "observer");
        await using var _1 = wire;

        var answer = await system.Command("GetConfiguration", "{}");

        Assert.Equal((4, "GenericError"), (answer[0].GetInt32(), answer[2].GetString()));
    }

    [Fact]
    public async Task A_system_that_reads_the_keys_does_not_see_the_password()
    {
        await using var system = await UpstreamSystem.Start();
        var (wire, _) = await Relayed(system, "observer");
        await using var _1 = wire;

        var reading = system.Command("GetConfiguration", "{}");
        var (id, _, _) = await wire.NextCall();
        await wire.Answer(id, """
            {"configurationKey":[{"key":"HeartbeatInterval","readonly":false,"value":"300"},{"key":"authorizationkey","readonly":false,"value":"hidden"}]}
            """);

        var keys = (await reading)[2];
        Assert.Equal("HeartbeatInterval", Assert.Single(keys.GetProperty("configurationKey").EnumerateArray()).Text("key"));
        Assert.DoesNotContain("hidden", keys.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("observer", "Reset", """{"type":"Hard"}""", "Rejected")]
    [InlineData("observer", "RemoteStartTransaction", """{"idTag":"T"}""", "Rejected")]
    [InlineData("observer", "UnlockConnector", """{"connectorId":1}""", "NotSupported")]
    [InlineData("authority", "Reset", """{"type":"Hard"}""", "Rejected")]
    [InlineData("authority", "ChangeConfiguration", """{"key":"AuthorizationKey","value":"theirs"}""", "Rejected")]
    [InlineData("authority", "SetChargingProfile", """{"connectorId":0,"csChargingProfiles":{}}""", "Rejected")]
    [InlineData("authority", "UpdateFirmware", """{"location":"http://evil.example","retrieveDate":"2026-01-01T00:00:00Z"}""", null)]
    [InlineData("authority", "Fly", "{}", null)]
    [InlineData("readOnly", "Reset", """{"type":"Hard"}""", null)]
    [InlineData("readOnly", "GetConfiguration", "{}", null)]
    public async Task A_command_beyond_the_role_is_refused_in_its_own_words_and_never_reaches_the_charger(
        string role, string action, string payload, string? status)
    {
        await using var system = await UpstreamSystem.Start();
        var (wire, charger) = await Relayed(system, role);
        await using var _1 = wire;

        var answer = await system.Command(action, payload);

        Assert.Equal(status is null ? (4, "SecurityError") : (3, status), (answer[0].GetInt32(), status is null ? answer[2].GetString() : answer[2].Text("status")));
        Assert.False(wire.HasCall);
        await new Records(host.Services).AwaitEvent("proxy-command-refused", charger, action);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_transaction_that_an_authority_denies_is_stopped_unless_that_is_switched_off(bool stopOnDeny)
    {
        await using var system = await UpstreamSystem.Start();
        system.Answer = (action, _) => action == "StartTransaction" ? """{"transactionId":5,"idTagInfo":{"status":"Blocked"}}""" : null;
        var (wire, charger) = await host.NewCharger();
        await using var _1 = wire;
        await Api.Relay(charger, "", body: new { url = system.Url, role = "authority", stopOnDeny });
        await Api.AwaitState(charger, "open");

        var ours = (await wire.Starts(await host.NewTag())).Transaction;

        if (stopOnDeny)
        {
            var (id, action, payload) = await wire.NextCall();
            Assert.Equal(("RemoteStopTransaction", ours), (action, payload.GetProperty("transactionId").GetInt32()));
            await wire.Answer(id, """{"status":"Accepted"}""");
        }
        else
        {
            await Settled(charger);
            Assert.False(wire.HasCall);
        }
    }

    private async Task<(WireCharger Wire, string Name)> Relayed(UpstreamSystem system, string role)
    {
        var (wire, charger) = await host.NewCharger();
        await Api.Relay(charger, system.Url, role);
        await Api.AwaitState(charger, "open");
        return (wire, charger);
    }

    /// <summary>The system has been told everything.</summary>
    private Task Settled(string charger) =>
        Eventually.Holds(async () => (await Api.Link(charger)).GetProperty("queued").GetInt32() == 0, $"nothing waits for {charger}");
}
