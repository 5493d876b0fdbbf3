using System.Text.Json;
using System.Text.Json.Serialization;

namespace EvCharge.Gateway.Api;

/// <summary>The connectors of a charger as they are put: a count, or a list with parameters.</summary>
[JsonConverter(typeof(ConnectorListConverter))]
public sealed record ConnectorList(IReadOnlyList<ConnectorInput> Items)
{
    public const int MaxConnectors = 100;

    public static readonly ConnectorList One = Of(1);

    public static ConnectorList Of(int count) =>
        new([.. Enumerable.Range(1, count).Select(number => new ConnectorInput { Connector = number })]);

    internal void Check(Checks checks)
    {
        checks.That(Items.Count is >= 1 and <= MaxConnectors, "connectors", $"must be 1 to {MaxConnectors}");
        checks.That(
            Items.Select(item => item.Connector).Order().SequenceEqual(Enumerable.Range(1, Items.Count)),
            "connectors",
            "must be numbered from 1 without gaps");
        for (var index = 0; index < Items.Count && index < MaxConnectors; index++)
        {
            Items[index].Check(checks, $"connectors[{index}].");
        }
    }
}

/// <summary>One connector of a charger as it is put.</summary>
public sealed record ConnectorInput : EnergyParameters
{
    /// <summary>Number from 1: OCPP 1.6 connectorId, 2.0.1 evseId.</summary>
    public int Connector { get; init; }
}

internal sealed class ConnectorListConverter : JsonConverter<ConnectorList>
{
    public override ConnectorList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            // A count out of bounds becomes a list out of bounds without being built; the check refuses both alike.
            return reader.TryGetInt32(out var count) && count is >= 1 and <= ConnectorList.MaxConnectors
                ? ConnectorList.Of(count)
                : new ConnectorList([]);
        }

        try
        {
            var items = JsonSerializer.Deserialize<ConnectorInput?[]>(ref reader, options);
            return items is not null && items.All(item => item is not null)
                ? new ConnectorList(items!)
                : throw new JsonException("A connector is null.", "$", null, null);
        }
        catch (JsonException inList)
        {
            // The list is read on its own, so its faults do not know the member they stand in.
            throw new JsonException(
                inList.Message, $"$.connectors{inList.Path?[1..]}", inList.LineNumber, inList.BytePositionInLine, inList.InnerException);
        }
    }

    public override void Write(Utf8JsonWriter writer, ConnectorList value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Items, options);
}
