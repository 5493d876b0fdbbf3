using System.Globalization;
using System.Net;
using CsCheck;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>
/// Transaction messages that the schemas allow, with numbers and clocks that nobody should send: each gets a CALLRESULT,
/// since a charger repeats for ever what is refused, and no bill is negative.
/// </summary>
public sealed class MeterPropertyTests(GatewayHost host, ITestOutputHelper output)
{
    private const int Scenarios = 40;

    private static readonly Gen<string> Stamp = AnyOf(
        "2026-03-01T12:00:00Z", "2026-03-01T11:00:00.123+02:00", "1970-01-01T00:00:00Z", "2099-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "2026-03-01T13:00:00-14:00");

    private static readonly Gen<string> Integer = Gen.OneOf(
        Gen.Int[0, 100_000].Select(Text), Gen.Int.Select(Text), Gen.Long.Select(Text),
        AnyOf("0", "-1", "-0", "9223372036854775808", "-9223372036854775809", "1" + new string('0', 400)));

    private static readonly Gen<string> Connector = Gen.OneOf(Gen.Int[1, 2].Select(Text), AnyOf("0", "-1", "65", "2147483648"));

    private static readonly Gen<string> Value = Gen.OneOf(
        Gen.Int[0, 100_000].Select(Text), Gen.Double.Select(number => number.ToString(CultureInfo.InvariantCulture)),
        AnyOf("Infinity", "-Infinity", "NaN", "1e400", "1e308", "-1e308", "-5", "", "1,5", "0x10", new string('9', 400)));

    private static readonly Gen<string> Sample = Gen.Select(
        Value,
        AnyOf("", ",\"unit\":\"Wh\"", ",\"unit\":\"kWh\"", ",\"unit\":\"kW\",\"measurand\":\"Power.Active.Import\"", ",\"unit\":\"Percent\",\"measurand\":\"SoC\""),
        (value, more) => $$"""{"value":"{{value}}"{{more}}}""");

    private static readonly Gen<string> Values = Gen.Select(
        Stamp, Sample.List[1, 4], (stamp, samples) => $$"""[{"timestamp":"{{stamp}}","sampledValue":[{{string.Join(',', samples)}}]}]""");

    /// <summary>A message in which <c>{id}</c> stands for the transaction that was started last.</summary>
    private static readonly Gen<(string Action, string Payload)> Message = Gen.OneOf(
        Gen.Select(Connector, Integer, Stamp, (connector, meter, stamp) =>
            ("StartTransaction", $$"""{"connectorId":{{connector}},"idTag":"TAG","meterStart":{{meter}},"timestamp":"{{stamp}}"}""")),
        Gen.Select(Connector, Transaction(), Values, (connector, id, values) =>
            ("MeterValues", $$"""{"connectorId":{{connector}},"transactionId":{{id}},"meterValue":{{values}}}""")),
        Gen.Select(Connector, Values, (connector, values) => ("MeterValues", $$"""{"connectorId":{{connector}},"meterValue":{{values}}}""")),
        Gen.Select(Transaction(), Integer, Stamp, Values, (id, meter, stamp, values) =>
            ("StopTransaction", $$"""{"transactionId":{{id}},"meterStop":{{meter}},"timestamp":"{{stamp}}","transactionData":{{values}}}""")));

    private readonly Records _records = new(host.Services);

    [Trait("attack", "absurd-meter")]
    [Fact]
    public Task Whatever_the_schemas_allow_is_acknowledged_and_no_energy_is_negative() =>
        Message.List[1, 12].SampleAsync(Run, output.WriteLine, iter: Scenarios, threads: 2);

    private static Gen<string> AnyOf(params string[] texts) => Gen.OneOf([.. texts.Select(Gen.Const)]);

    private static Gen<string> Transaction() => Gen.Frequency((3, Gen.Const("{id}")), (1, Integer));

    private static string Text<T>(T number)
        where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);

    private async Task Run(List<(string Action, string Payload)> messages)
    {
        var name = await _records.NewCharger(host.Name("CP"), connectors: 2);
        await using var charger = await WireCharger.Connect(host.Address, name);
        var last = -1;
        foreach (var (action, payload) in messages)
        {
            var answer = await charger.Call(action, payload.Replace("{id}", Text(last), StringComparison.Ordinal));
            last = action == "StartTransaction" ? Transactions.TransactionId(answer) : last;
        }

        foreach (var transaction in await _records.Transactions(name))
        {
            Assert.True(double.IsFinite(transaction.EnergyWh) && transaction.EnergyWh >= 0, transaction.ToString());
            Assert.True(transaction.StoppedAt is null || transaction.StoppedAt >= transaction.StartedAt, transaction.ToString());
        }

        (await host.Administrator.Get($"/api/v1/transactions?charger={name}")).Expect(HttpStatusCode.OK);
    }
}
