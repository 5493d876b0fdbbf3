using System.Text;
using EvCharge.Contracts.Chargers;
using EvCharge.Grains.Chargers;
using EvCharge.Grains.Proxy;
using EvCharge.History.Proxy;
using EvCharge.Ocpp;

namespace EvCharge.GrainsTests.Proxy;

public sealed class RelayedMessageTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("StartTransaction", """{"connectorId":1,"idTag":"T","meterStart":1,"timestamp":"2026-03-01T12:00:00Z","reservationId":4}""", 55)]
    [InlineData("StopTransaction", """{"transactionId":7,"meterStop":1,"timestamp":"2026-03-01T12:00:00Z"}""", 7)]
    [InlineData("StopTransaction", """{"transactionId":"7","meterStop":1,"timestamp":"2026-03-01T12:00:00Z"}""", 7)]
    [InlineData("MeterValues", """{"connectorId":1,"transactionId":7,"meterValue":[{"timestamp":"2026-03-01T12:00:00Z","sampledValue":[{"value":"1"}]}]}""", 7)]
    [InlineData("MeterValues", """{"connectorId":1,"transactionId":-1,"meterValue":[{"timestamp":"2026-03-01T12:00:00Z","sampledValue":[{"value":"1"}]}]}""", null)]
    [InlineData("MeterValues", """{"connectorId":1,"transactionId":9223372036854775807,"meterValue":[{"timestamp":"2026-03-01T12:00:00Z","sampledValue":[{"value":"1"}]}]}""", null)]
    [InlineData("MeterValues", """{"connectorId":1,"meterValue":[{"timestamp":"2026-03-01T12:00:00Z","sampledValue":[{"value":"1"}]}],}""", null)]
    public void A_message_belongs_to_the_transaction_that_the_charger_means(string action, string payload, int? transaction)
    {
        var message = Message(action, payload)!;
        Assert.Equal((action, transaction), (message.Kind.ToString(), message.Transaction));
    }

    [Fact]
    public void A_status_has_its_connector() =>
        Assert.Equal(2, Message("StatusNotification", """{"connectorId":2,"errorCode":"NoError","status":"Available"}""")!.Connector);

    [Theory]
    [InlineData("StopTransaction", """{"transactionId":-1,"meterStop":1,"timestamp":"2026-03-01T12:00:00Z"}""")]
    [InlineData("Heartbeat", "{}")]
    [InlineData("Authorize", """{"idTag":"T"}""")]
    [InlineData("BootNotification", """{"chargePointVendor":"v","chargePointModel":"m"}""")]
    [InlineData("DataTransfer", """{"vendorId":"v"}""")]
    public void What_others_cannot_use_is_not_for_them(string action, string payload) => Assert.Null(Message(action, payload));

    [Theory]
    [InlineData("""{"transactionId":7,"meterStop":1,"odd":{"a":[1,"é"]}}""", 700, """{"meterStop":1,"odd":{"a":[1,"é"]},"transactionId":700}""")]
    [InlineData("""{"connectorId":1,"transactionId":-1}""", null, """{"connectorId":1}""")]
    [InlineData("""{"idTag":"T","reservationId":4}""", null, """{"idTag":"T"}""")]
    [InlineData("""{"connectorId":1,}""", null, """{"connectorId":1}""")]
    public void A_system_gets_what_the_charger_sent_with_its_own_number_and_none_of_ours(string sent, int? upstreamId, string told)
    {
        var queued = new QueuedMessage(1, ProxyMessageKind.MeterValues, Encoding.UTF8.GetBytes(sent), null, 0);
        Assert.Equal(told, Encoding.UTF8.GetString(RelayedMessage.PayloadFor(queued, upstreamId)));
    }

    private static ProxyMessage? Message(string action, string payload) => Protocols.RelayOf(OcppVersion.V16).MessageOf(
        new OcppFrame(OcppFrame.Call, "1", action, Encoding.UTF8.GetBytes(payload), "", "", Noon),
        new OcppFrame(OcppFrame.CallResult, "1", action, """{"transactionId":55,"idTagInfo":{"status":"Accepted"}}"""u8.ToArray(), "", "", Noon));
}
