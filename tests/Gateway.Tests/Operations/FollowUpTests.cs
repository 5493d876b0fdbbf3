using System.Net;
using System.Text.Json;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Operations;

/// <summary>What a charger reports after it answered a command stands with the command.</summary>
public sealed class FollowUpTests(GatewayHost host)
{
    [Theory]
    [InlineData("UpdateFirmware", "FirmwareStatusNotification", "Downloading", "Installed")]
    [InlineData("GetDiagnostics", "DiagnosticsStatusNotification", "Uploading", "Uploaded")]
    [InlineData("GetLog", "LogStatusNotification", "Uploading", "UploadFailure")]
    [InlineData("SignedUpdateFirmware", "SignedFirmwareStatusNotification", "SignatureVerified", "Installed")]
    public async Task The_progress_of_an_upload_or_update_is_told_by_its_command(string action, string report, string first, string last)
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var command = await Answered(charger, name, action, CommandSamples.Request(action));

        await charger.Call(report, $$"""{"status":"{{first}}"}""", "1");
        await charger.Call(report, $$"""{"status":"{{first}}"}""", "1");
        await charger.Call(report, $$"""{"status":"{{last}}"}""", "1");

        Assert.Equal([$"{report} {first}", $"{report} {last}"], await Reports(command));
    }

    [Fact]
    public async Task A_report_with_a_number_belongs_to_the_request_of_that_number()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var request = CommandSamples.Request("GetLog");
        var older = await Answered(charger, name, "GetLog", request);
        var newer = await Answered(charger, name, "GetLog", request.Replace("\"requestId\":3", "\"requestId\":4", StringComparison.Ordinal));

        await charger.Call("LogStatusNotification", """{"status":"Uploaded","requestId":3}""");
        await charger.Call("LogStatusNotification", """{"status":"Uploading","requestId":4}""");

        Assert.Equal(["LogStatusNotification Uploaded"], await Reports(older));
        Assert.Equal(["LogStatusNotification Uploading"], await Reports(newer));
    }

    [Fact]
    public async Task A_message_that_was_asked_for_is_linked_also_when_it_overtakes_the_answer()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var calling = Call(name, "TriggerMessage", """{"requestedMessage":"StatusNotification","connectorId":2}""");
        var (id, _, _) = await charger.NextCall();

        await charger.Call("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available"}""");
        await charger.Call("StatusNotification", """{"connectorId":2,"errorCode":"NoError","status":"Charging",}""");
        await charger.Call("StatusNotification", """{"connectorId":2,"errorCode":"NoError","status":"Finishing"}""");
        await charger.Answer(id, """{"status":"Accepted"}""");
        var command = (await calling).Expect(HttpStatusCode.OK).Body.GetProperty("commandId").GetInt64();

        var report = Assert.Single((await Get(command)).GetProperty("followUps").EnumerateArray());
        Assert.Equal("Charging", report.GetProperty("payload").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Without_a_connector_the_messages_of_all_are_linked()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);
        var command = await Answered(charger, name, "TriggerMessage", """{"requestedMessage":"StatusNotification"}""", """{"status":"Accepted"}""");

        await charger.Call("StatusNotification", """{"connectorId":0,"errorCode":"NoError","status":"Available"}""");
        await charger.Call("Heartbeat", "{}");
        await charger.Call("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available"}""");

        Assert.Equal(["StatusNotification ", "StatusNotification "], await Reports(command));
    }

    [Fact]
    public async Task A_report_that_nobody_asked_for_is_an_event()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);

        await charger.Call("FirmwareStatusNotification", """{"status":"Installed"}""");

        await Eventually.Holds(
            async () => (await host.Administrator.Get($"/api/v1/events?charger={name}")).Expect(HttpStatusCode.OK).Body
                .GetProperty("items").EnumerateArray().Any(item => item.GetProperty("kind").GetString() == "unasked-report"
                    && item.GetProperty("detail").GetString()!.Contains("Installed", StringComparison.Ordinal)),
            "an event tells of the report");
    }

    [Fact]
    public async Task What_concerns_security_is_an_event()
    {
        var name = await NewCharger();
        await using var charger = await WireCharger.Connect(host.Address, name);

        await charger.Call("SecurityEventNotification", """{"type":"TamperDetectionActivated","timestamp":"2026-01-01T00:00:00Z","techInfo":"lid"}""");
        await charger.Call("SignCertificate", """{"csr":"-----BEGIN CERTIFICATE REQUEST-----"}""");

        var events = (await host.Administrator.Get($"/api/v1/events?charger={name}")).Expect(HttpStatusCode.OK).Body.GetProperty("items");
        Assert.Contains(events.EnumerateArray(), item => item.GetProperty("kind").GetString() == "security-event"
            && item.GetProperty("detail").GetString() == "TamperDetectionActivated: lid (by its clock 2026-01-01T00:00:00Z)");
        Assert.Contains(events.EnumerateArray(), item => item.GetProperty("kind").GetString() == "certificate-requested");
    }

    private async Task<string> NewCharger()
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { connectors = 2 })).Expect(HttpStatusCode.Created);
        return name;
    }

    /// <summary>The id of a command that the charger has answered.</summary>
    private async Task<long> Answered(WireCharger charger, string name, string action, string payload, string? result = null)
    {
        var calling = Call(name, action, payload);
        var (id, _, _) = await charger.NextCall();
        await charger.Answer(id, result ?? CommandSamples.AnswersOf(action)[0]);
        return (await calling).Expect(HttpStatusCode.OK).Body.GetProperty("commandId").GetInt64();
    }

    private Task<ApiAnswer> Call(string charger, string action, string payload) =>
        host.Administrator.SendText(HttpMethod.Post, $"/api/v1/chargers/{charger}/calls/{action}", payload);

    private async Task<JsonElement> Get(long command) =>
        (await host.Administrator.Get($"/api/v1/commands/{command}")).Expect(HttpStatusCode.OK).Body;

    private async Task<string[]> Reports(long command) =>
    [
        .. (await Get(command)).GetProperty("followUps").EnumerateArray()
            .Select(report => $"{report.GetProperty("action").GetString()} {report.GetProperty("status").GetString()}"),
    ];
}
