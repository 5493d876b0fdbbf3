using System.Text.Json.Nodes;
using CsCheck;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16;
using NJsonSchema;

namespace EvCharge.OcppTests;

/// <summary>What is said of a request is what is taken: its schema and the strict reading agree, on what is valid and on what is not.</summary>
public sealed class SchemaTests
{
    private const int Rounds = 40;

    public static TheoryData<string> ToChargers =>
        [.. Actions.Table.All.Where(action => action.Direction != ActionDirection.FromCharger).Select(action => action.Name)];

    [Theory]
    [MemberData(nameof(ToChargers))]
    public async Task A_schema_takes_what_the_strict_reading_takes(string name)
    {
        var action = Actions.Table.Find(name)!;
        var schema = await JsonSchema.FromJsonAsync(action.DescribeRequest().ToJsonString(), TestContext.Current.CancellationToken);
        Messages.Of(action.RequestType).Sample(
            message =>
            {
                var sent = JsonNode.Parse(Messages.Write(message))!.AsObject();
                Assert.Empty(schema.Validate(sent.ToJsonString()));
                foreach (var json in Mutations.Of(sent).Select(changed => changed.ToJsonString()))
                {
                    var valid = schema.Validate(json).Count == 0;
                    Assert.True(valid == IsTaken(action, json), $"The schema says {valid}: {json}");
                }
            },
            iter: Rounds);
    }

    [Fact]
    public void Every_operation_to_a_charger_is_described() => Assert.Equal(26, ToChargers.Count);

    private static bool IsTaken(OcppAction action, string json)
    {
        try
        {
            action.Canonicalise(System.Text.Encoding.UTF8.GetBytes(json));
            return true;
        }
        catch (OcppFault)
        {
            return false;
        }
    }
}
