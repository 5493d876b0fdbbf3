using System.Reflection;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16;

namespace EvCharge.GatewayTests.Operations;

/// <summary>For every operation that the system sends: a request, and what a charger may answer.</summary>
internal static class CommandSamples
{
    private const string HashData =
        """{"hashAlgorithm":"SHA256","issuerNameHash":"aa01","issuerKeyHash":"bb02","serialNumber":"5"}""";

    private const string Profile =
        """
        {"chargingProfileId":7,"stackLevel":0,"chargingProfilePurpose":"TxDefaultProfile","chargingProfileKind":"Relative",
         "chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":16}]}}
        """;

    private static readonly Dictionary<string, string> Requests = new()
    {
        ["CancelReservation"] = """{"reservationId":4}""",
        ["CertificateSigned"] = """{"certificateChain":"-----BEGIN CERTIFICATE-----"}""",
        ["ChangeAvailability"] = """{"connectorId":0,"type":"Operative"}""",
        ["ChangeConfiguration"] = """{"key":"HeartbeatInterval","value":"600"}""",
        ["ClearCache"] = "{}",
        ["ClearChargingProfile"] = """{"id":7}""",
        ["DataTransfer"] = """{"vendorId":"example","messageId":"ping"}""",
        ["DeleteCertificate"] = $$"""{"certificateHashData":{{HashData}}}""",
        ["ExtendedTriggerMessage"] = """{"requestedMessage":"LogStatusNotification"}""",
        ["GetCompositeSchedule"] = """{"connectorId":1,"duration":600}""",
        ["GetConfiguration"] = "{}",
        ["GetDiagnostics"] = """{"location":"https://files.example/up"}""",
        ["GetInstalledCertificateIds"] = """{"certificateType":"CentralSystemRootCertificate"}""",
        ["GetLocalListVersion"] = "{}",
        ["GetLog"] = """{"logType":"SecurityLog","requestId":3,"log":{"remoteLocation":"https://files.example/up"}}""",
        ["InstallCertificate"] = """{"certificateType":"ManufacturerRootCertificate","certificate":"-----BEGIN CERTIFICATE-----"}""",
        ["RemoteStartTransaction"] = """{"idTag":"GOOD","connectorId":1}""",
        ["RemoteStopTransaction"] = """{"transactionId":12}""",
        ["ReserveNow"] = """{"connectorId":1,"expiryDate":"2030-01-01T00:00:00.000Z","idTag":"GOOD","reservationId":4}""",
        ["Reset"] = """{"type":"Soft"}""",
        ["SendLocalList"] = """{"listVersion":2,"updateType":"Full","localAuthorizationList":[{"idTag":"GOOD","idTagInfo":{"status":"Accepted"}}]}""",
        ["SetChargingProfile"] = $$"""{"connectorId":1,"csChargingProfiles":{{Profile}}}""",
        ["SignedUpdateFirmware"] =
            """
            {"requestId":9,"firmware":{"location":"https://files.example/f","retrieveDateTime":"2030-01-01T00:00:00.000Z",
             "signingCertificate":"-----BEGIN CERTIFICATE-----","signature":"c2ln"}}
            """,
        ["TriggerMessage"] = """{"requestedMessage":"Heartbeat"}""",
        ["UnlockConnector"] = """{"connectorId":1}""",
        ["UpdateFirmware"] = """{"location":"https://files.example/f","retrieveDate":"2030-01-01T00:00:00.000Z"}""",
    };

    /// <summary>Answers of the operations whose answer is no status.</summary>
    private static readonly Dictionary<string, string[]> Answers = new()
    {
        ["GetConfiguration"] = ["""{"configurationKey":[{"key":"HeartbeatInterval","readonly":false,"value":"300"}]}""", """{"unknownKey":["a"]}"""],
        ["GetDiagnostics"] = ["""{"fileName":"log.zip"}""", "{}"],
        ["GetLocalListVersion"] = ["""{"listVersion":2}""", """{"listVersion":0}""", """{"listVersion":-1}"""],
        ["UpdateFirmware"] = ["{}"],
    };

    public static TheoryData<string> Actions => [.. EvCharge.Ocpp.V16.Actions.Table.All
        .Where(action => action.Direction != ActionDirection.FromCharger).Select(action => action.Name)];

    public static string Request(string action) => Requests[action];

    /// <summary>An answer with each status that the standard knows, or each of the samples.</summary>
    public static IReadOnlyList<string> AnswersOf(string action) => Answers.TryGetValue(action, out var samples)
        ? samples
        : [.. Statuses(action).Select(status => $$"""{"status":"{{status}}"}""")];

    private static IEnumerable<string> Statuses(string action)
    {
        var response = EvCharge.Ocpp.V16.Actions.Table.Find(action)!.ResponseType;
        var status = response.GetConstructors().Single().GetParameters().Single(parameter => parameter.Name == "Status");
        return status.GetCustomAttribute<OneOfAttribute>()!.Words.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(word => (string)word.GetRawConstantValue()!);
    }
}
