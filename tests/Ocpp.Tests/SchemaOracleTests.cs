using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using EvCharge.Ocpp;
using NJsonSchema;

namespace EvCharge.OcppTests;

/// <summary>
/// The official JSON schemas as judge. They are not ours to publish: the tests run where EVCHARGE_OCPP_ORACLE names a
/// folder that holds them, <c>1.6/Authorize.json</c> and so on.
/// </summary>
public sealed class SchemaOracleTests
{
    private const int Rounds = 40;

    private static readonly string? Folder = Environment.GetEnvironmentVariable("EVCHARGE_OCPP_ORACLE");
    private static readonly ConcurrentDictionary<string, JsonSchema> Loaded = new();

    public static TheoryData<string> Schemas => [.. Messages.All.Select(message => message.Schema)];

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task What_is_written_is_valid_by_the_official_schema(string name)
    {
        var schema = await Load(name);
        Messages.Of(Messages.Named(name)).Sample(
            message =>
            {
                var json = Encoding.UTF8.GetString(Messages.Write(message));
                var errors = schema.Validate(json);
                Assert.True(errors.Count == 0, $"{string.Join(", ", errors)} in {json}");
            },
            iter: Rounds);
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task A_strict_reading_agrees_with_the_official_schema_on_changed_payloads(string name)
    {
        var type = Messages.Named(name);
        var schema = await Load(name);
        Messages.Of(type).Sample(
            message =>
            {
                foreach (var changed in Mutations.Of(JsonNode.Parse(Messages.Write(message))!.AsObject()))
                {
                    var json = changed.ToJsonString();
                    var valid = schema.Validate(json).Count == 0;
                    Assert.True(valid == IsReadStrictly(type, json), $"The schema says {valid}: {json}");
                }
            },
            iter: Rounds);
    }

    private static bool IsReadStrictly(Type type, string json)
    {
        try
        {
            Messages.ReadStrict(type, Encoding.UTF8.GetBytes(json));
            return true;
        }
        catch (OcppFault)
        {
            return false;
        }
    }

    private static async Task<JsonSchema> Load(string name)
    {
        Assert.SkipWhen(Folder is null, "EVCHARGE_OCPP_ORACLE names no folder with the official schemas");
        if (!Loaded.TryGetValue(name, out var schema))
        {
            var text = await File.ReadAllTextAsync(
                Path.Combine(Folder!, "1.6", name + ".json"), TestContext.Current.CancellationToken);
            schema = Loaded.GetOrAdd(name, await JsonSchema.FromJsonAsync(text, TestContext.Current.CancellationToken));
        }

        return schema;
    }
}
