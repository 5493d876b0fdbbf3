using System.Text;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16;
using EvCharge.Ocpp.V16.Core;
using EvCharge.Ocpp.V16.SmartCharging;

namespace EvCharge.OcppTests;

public sealed class PayloadTests
{
    private const string Profile =
        """
        {"idTag":"A","connectorId":1,"chargingProfile":{"chargingProfileId":1,"stackLevel":0,
        "chargingProfilePurpose":"TxProfile","chargingProfileKind":"Relative","chargingSchedule":
        {"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":6.5}]}}}
        """;

    [Theory]
    [InlineData("Reset", """{"type":"Warm"}""", "PropertyConstraintViolation", "type")]
    [InlineData("Reset", """{"type":7}""", "TypeConstraintViolation", "type")]
    [InlineData("Reset", """{"type":null}""", "TypeConstraintViolation", "type")]
    [InlineData("Reset", """{}""", "OccurenceConstraintViolation", "type")]
    [InlineData("Reset", """{"type":"Soft","when":"now"}""", "FormationViolation", "when")]
    [InlineData("Reset", """{"type":"Soft","type":"Hard"}""", "FormationViolation", "type")]
    [InlineData("Reset", """{"type":"Soft",}""", "FormationViolation", null)]
    [InlineData("Reset", """{"type":"Soft"} {}""", "FormationViolation", null)]
    [InlineData("Reset", """[]""", "TypeConstraintViolation", null)]
    [InlineData("Reset", """null""", "FormationViolation", null)]
    [InlineData("Reset", "", "FormationViolation", null)]
    [InlineData("ClearCache", """{"all":true}""", "FormationViolation", "all")]
    [InlineData("UnlockConnector", """{"connectorId":0}""", "PropertyConstraintViolation", "connectorId")]
    [InlineData("UnlockConnector", """{"connectorId":3000000000}""", "PropertyConstraintViolation", "connectorId")]
    [InlineData("UnlockConnector", """{"connectorId":1.0}""", "TypeConstraintViolation", "connectorId")]
    [InlineData("UnlockConnector", """{"connectorId":"1"}""", "TypeConstraintViolation", "connectorId")]
    [InlineData("GetConfiguration", """{"key":["A",1]}""", "TypeConstraintViolation", "key[1]")]
    [InlineData("GetConfiguration", """{"key":[null]}""", "TypeConstraintViolation", "key[0]")]
    [InlineData("GetConfiguration", """{"key":"A"}""", "TypeConstraintViolation", "key")]
    [InlineData("ChangeConfiguration", """{"key":"A","value":"a\u0000b"}""", "PropertyConstraintViolation", "value")]
    [InlineData("ChangeConfiguration", """{"key":"A","value":"\ud83d"}""", "FormationViolation", "value")]
    public void A_command_that_is_not_valid_is_refused_with_the_field(string action, string json, string code, string? field)
    {
        var fault = Assert.Throws<OcppFault>(() => Actions.Table.Find(action)!.Canonicalise(Encoding.UTF8.GetBytes(json)));

        Assert.Equal((code, field), (fault.Code, fault.Field));
    }

    [Theory]
    [InlineData("\"stackLevel\":0", "\"stackLevel\":-1", "chargingProfile.stackLevel")]
    [InlineData("\"stackLevel\":0,", "", "chargingProfile.stackLevel")]
    [InlineData("6.5", "6.55", "chargingProfile.chargingSchedule.chargingSchedulePeriod[0].limit")]
    [InlineData("6.5", "1e400", "chargingProfile.chargingSchedule.chargingSchedulePeriod[0].limit")]
    [InlineData("Unit\":\"A\"", "Unit\":\"kW\"", "chargingProfile.chargingSchedule.chargingRateUnit")]
    [InlineData("""[{"startPeriod":0,"limit":6.5}]""", "[]", "chargingProfile.chargingSchedule.chargingSchedulePeriod")]
    [InlineData("\"Relative\"", "\"Relative\",\"validTo\":\"tomorrow\"", "chargingProfile.validTo")]
    [InlineData("\"Relative\"", "\"Relative\",\"validTo\":\"2024-01-01T00:00:00\"", "chargingProfile.validTo")]
    public void A_field_deep_inside_is_named_by_its_path(string part, string replacement, string field)
    {
        var json = Profile.Replace(part, replacement, StringComparison.Ordinal);

        var fault = Assert.Throws<OcppFault>(
            () => Payload.ReadStrict<RemoteStartTransactionRequest>(Encoding.UTF8.GetBytes(json)));

        Assert.Equal(field, fault.Field);
    }

    [Fact]
    public void A_valid_command_goes_out_in_one_notation()
    {
        var json = """{ "idTag" : "A", "chargingProfile" : null }"""
            .Replace("null", ProfileUntil("2024-06-01T12:00:00+02:00"), StringComparison.Ordinal);

        var canonical = Actions.Table.Find("RemoteStartTransaction")!.Canonicalise(Encoding.UTF8.GetBytes(json));

        Assert.Equal(
            $$"""{"idTag":"A","chargingProfile":{{ProfileUntil("2024-06-01T10:00:00.000Z")}}}""",
            Encoding.UTF8.GetString(canonical));
    }

    [Fact]
    public void Our_own_message_is_refused_when_the_standard_forbids_it()
    {
        AssertRefused(new StartTransactionResponse(0, new IdTagInfo("Accepted")), "transactionId");
        AssertRefused(new StartTransactionResponse(1, new IdTagInfo("Fine")), "idTagInfo.status");
        AssertRefused(new StartTransactionResponse(1, null!), "idTagInfo");
        AssertRefused(new HeartbeatResponse(OcppTimestamp.Absent), "currentTime");
        AssertRefused(new ChangeConfigurationRequest("A", new string('x', 501)), "value");
        AssertRefused(new ChargingSchedulePeriod(0, double.NaN), "limit");
        AssertRefused(new ChargingSchedulePeriod(0, 5.33), "limit");
        AssertRefused(new ChargingSchedule("A", []), "chargingSchedulePeriod");
    }

    [Fact]
    public void Lengths_count_characters_and_not_their_halves()
    {
        var twenty = string.Concat(Enumerable.Repeat("🔌", 20));

        Payload.Write(new AuthorizeRequest(twenty));

        AssertRefused(new AuthorizeRequest(twenty + "x"), "idTag");
    }

    private static string ProfileUntil(string validTo) =>
        "{\"chargingProfileId\":1,\"stackLevel\":0,\"chargingProfilePurpose\":\"TxProfile\","
        + "\"chargingProfileKind\":\"Absolute\",\"chargingSchedule\":{\"chargingRateUnit\":\"A\","
        + "\"chargingSchedulePeriod\":[{\"startPeriod\":0,\"limit\":6.5}]},"
        + $"\"validTo\":\"{validTo}\"}}";

    private static void AssertRefused<T>(T message, string field)
        where T : notnull => Assert.Equal(field, Assert.Throws<OcppFault>(() => Payload.Write(message)).Field);
}
