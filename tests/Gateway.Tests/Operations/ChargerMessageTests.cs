using System.Net;
using EvCharge.GatewayTests.Api;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16;

namespace EvCharge.GatewayTests.Operations;

/// <summary>Every operation that a charger sends, as the standard wants it and bent beyond sense.</summary>
public sealed class ChargerMessageTests(GatewayHost host)
{
    private const string At = "\"timestamp\":\"2026-05-01T10:00:00Z\"";

    private static readonly Dictionary<string, string> Valid = new()
    {
        ["Authorize"] = """{"idTag":"NOBODY"}""",
        ["BootNotification"] = """{"chargePointVendor":"V","chargePointModel":"M","firmwareVersion":"1.0"}""",
        ["DataTransfer"] = """{"vendorId":"example","data":"x"}""",
        ["DiagnosticsStatusNotification"] = """{"status":"Idle"}""",
        ["FirmwareStatusNotification"] = """{"status":"Idle"}""",
        ["Heartbeat"] = "{}",
        ["LogStatusNotification"] = """{"status":"Idle"}""",
        ["MeterValues"] = $$"""{"connectorId":1,"meterValue":[{{{At}},"sampledValue":[{"value":"1"}]}]}""",
        ["SecurityEventNotification"] = $$"""{"type":"MemoryExhaustion",{{At}}}""",
        ["SignCertificate"] = """{"csr":"-----BEGIN CERTIFICATE REQUEST-----"}""",
        ["SignedFirmwareStatusNotification"] = """{"status":"Idle"}""",
        ["StartTransaction"] = $$"""{"connectorId":1,"idTag":"NOBODY","meterStart":0,{{At}}}""",
        ["StatusNotification"] = """{"connectorId":1,"errorCode":"NoError","status":"Available"}""",
        ["StopTransaction"] = $$"""{"transactionId":2147480000,"meterStop":5,{{At}}}""",
    };

    public static TheoryData<string> Actions => [.. EvCharge.Ocpp.V16.Actions.Table.All
        .Where(action => action.Direction != ActionDirection.ToCharger).Select(action => action.Name)];

    /// <summary>Bent so far that no sense can be made of it, with the error it is told.</summary>
    public static TheoryData<string, string, string> Malformed => new()
    {
        { "Authorize", "{}", "OccurenceConstraintViolation" },
        { "Authorize", """{"idTag":{}}""", "TypeConstraintViolation" },
        { "BootNotification", """{"chargePointVendor":"V"}""", "OccurenceConstraintViolation" },
        { "BootNotification", "[]", "FormationViolation" },
        { "DataTransfer", """{"data":"x"}""", "OccurenceConstraintViolation" },
        { "DiagnosticsStatusNotification", """{"status":[]}""", "TypeConstraintViolation" },
        { "FirmwareStatusNotification", "{}", "OccurenceConstraintViolation" },
        { "LogStatusNotification", """{"status":"Uploading","requestId":"first"}""", "TypeConstraintViolation" },
        { "SecurityEventNotification", $$"""{{{At}}}""", "OccurenceConstraintViolation" },
        { "SignCertificate", """{"csr":{"pem":""}}""", "TypeConstraintViolation" },
        { "SignedFirmwareStatusNotification", """{"requestId":1}""", "OccurenceConstraintViolation" },
        { "StartTransaction", "{}", "OccurenceConstraintViolation" },
        { "StatusNotification", """{"status":"Available"}""", "OccurenceConstraintViolation" },
        { "StopTransaction", "{}", "OccurenceConstraintViolation" },
        { "StopTransaction", """{"transactionId":"none","meterStop":5}""", "TypeConstraintViolation" },
    };

    /// <summary>Messages that a charger repeats for ever when they are refused: they are answered if they name what they are about.</summary>
    public static TheoryData<string, string> Senseless => new()
    {
        { "Heartbeat", """{"currentTime":[]}""" },
        { "MeterValues", "{}" },
        { "MeterValues", """{"connectorId":"one","meterValue":7}""" },
        { "StartTransaction", """{"connectorId":1,"idTag":[],"meterStart":"much","timestamp":0}""" },
        { "StopTransaction", """{"transactionId":-5,"meterStop":{},"timestamp":"soon"}""" },
    };

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task A_message_as_the_standard_wants_it_is_answered(string action)
    {
        await using var charger = await Connect();
        await charger.Call(action, Valid[action]);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_message_without_sense_is_told_what_is_wrong(string action, string payload, string code)
    {
        await using var charger = await Connect();

        var answer = await charger.Exchange(action, payload);

        Assert.Equal(4, answer[0].GetInt32());
        Assert.Equal(code, answer[2].GetString());
    }

    [Theory]
    [MemberData(nameof(Senseless))]
    public async Task A_message_that_would_be_repeated_for_ever_is_answered_in_any_case(string action, string payload)
    {
        await using var charger = await Connect();
        await charger.Call(action, payload);
    }

    private async Task<WireCharger> Connect()
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { })).Expect(HttpStatusCode.Created);
        return await WireCharger.Connect(host.Address, name);
    }
}
