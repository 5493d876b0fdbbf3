using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using EvCharge.Ocpp;

namespace EvCharge.OcppTests;

public sealed class PayloadProperties
{
    private const int Rounds = 200;

    public static TheoryData<string> Schemas => [.. Messages.All.Select(message => message.Schema)];

    [Theory]
    [MemberData(nameof(Schemas))]
    public void What_is_written_reads_back_equal_and_strictly(string schema)
    {
        var type = Messages.Named(schema);
        Messages.Of(type).Sample(
            message =>
            {
                var utf8 = Messages.Write(message);
                var back = Messages.ReadStrict(type, utf8);
                Assert.Equal(Encoding.UTF8.GetString(utf8), Encoding.UTF8.GetString(Messages.Write(back)));
                Assert.Equivalent(message, back, strict: true);
            },
            iter: Rounds);
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void A_valid_message_has_no_deviation_but_empty_text(string schema)
    {
        var type = Messages.Named(schema);
        Messages.Of(type).Sample(
            message =>
            {
                var deviations = new DeviationList();
                Messages.Read(type, Messages.Write(message), deviations);
                Assert.All(deviations, deviation => Assert.Equal(DeviationRule.EmptyText, deviation.Rule));
            },
            iter: Rounds);
    }

    /// <summary>Quotes around each number, an extra member, over-long text: no value may get lost on the way.</summary>
    [Theory]
    [MemberData(nameof(Schemas))]
    public void Tolerance_loses_no_value(string schema)
    {
        var type = Messages.Named(schema);
        Messages.Of(type).Sample(
            message =>
            {
                var utf8 = Messages.Write(message);
                var plain = Messages.Read(type, utf8, new DeviationList());
                var odd = Odd(JsonNode.Parse(utf8)!)!;
                odd["notOfThisWorld"] = new JsonArray(1, "two", null);

                var deviations = new DeviationList();
                var back = Messages.Read(type, JsonSerializer.SerializeToUtf8Bytes(odd), deviations);

                Assert.Equivalent(plain, back, strict: true);
                Assert.True(deviations.Total > 0);
            },
            iter: Rounds);
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Mangled_messages_are_read_or_refused_with_a_fault_and_nothing_else(string schema)
    {
        var type = Messages.Named(schema);
        Gen.Select(Messages.Of(type), Gen.Int[0, int.MaxValue], Gen.Byte).Sample(
            (message, at, value) =>
            {
                var utf8 = Messages.Write(message);
                utf8[at % utf8.Length] = value;
                AssertReadOrRefused(() => Messages.Read(type, utf8, new DeviationList()));
                AssertReadOrRefused(() => Messages.ReadStrict(type, utf8));
            },
            iter: Rounds);
    }

    private static void AssertReadOrRefused(Func<object> read)
    {
        try
        {
            Assert.NotNull(read());
        }
        catch (OcppFault fault)
        {
            Assert.NotEmpty(fault.Code);
        }
    }

    private static JsonNode? Odd(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Odd(member.Value!)))),
        JsonArray items => new JsonArray([.. items.Select(item => Odd(item!))]),
        _ when node.GetValueKind() == JsonValueKind.Number => JsonValue.Create(node.ToJsonString()),
        _ => node.DeepClone(),
    };
}
