using System.Text;
using System.Text.Json.Nodes;

namespace EvCharge.GatewayTests.Fuzz;

/// <summary>Makes of JSON what nobody should send; the same from the same seed.</summary>
internal sealed class Mutator(Random random)
{
    private const int Deep = 40;

    /// <summary>Stands for what a JSON document can say and no text can hold.</summary>
    private const string LoneSurrogate = "lone-surrogate";

    private static readonly string[] Odd =
    [
        "null", "true", "\"\"", "\"x\"", "[]", "{}", "-1", "0", "1e308", "-1e309", "9223372036854775808", "0.1", "\"0\"", "\"-1\"", "\"NaN\"", "\"\\u0000\"",
        $"\"{LoneSurrogate}\"", "\"\\u202e\"", "\"<img src=x onerror=a>\"", "\"' OR 1=1 --\"", "\"=1+1\"", "\"../../etc/passwd\"", "\"2026-13-45T99:99:99Z\"",
        "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"http://169.254.169.254/\"", "[null]", "[[]]", "{\"a\":{}}",
    ];

    public string Value() => random.Next(12) switch
    {
        0 => $"\"{new string('x', random.Next(1, 5_000))}\"",
        1 => string.Concat(Enumerable.Repeat("[", Deep)) + string.Concat(Enumerable.Repeat("]", Deep)),
        2 => random.Next().ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => Odd[random.Next(Odd.Length)],
    };

    /// <summary>The text with some of its values, names or octets made odd.</summary>
    public byte[] Of(string json)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            json = Once(json);
        }

        var bytes = Encoding.UTF8.GetBytes(json.Replace(LoneSurrogate, "\\ud800", StringComparison.Ordinal));
        return random.Next(4) == 0 ? Broken(bytes) : bytes;
    }

    private string Once(string json)
    {
        var root = Parsed(json);
        var places = root is null ? [] : Places(root).ToList();
        if (places.Count == 0)
        {
            return json;
        }

        var (parent, key) = places[random.Next(places.Count)];
        switch (parent)
        {
            case JsonObject members when random.Next(5) == 0:
                members.Remove((string)key);
                break;
            case JsonObject members:
                members[(string)key] = Parsed(Value());
                break;
            case JsonArray items when random.Next(5) == 0:
                items.RemoveAt((int)key);
                break;
            case JsonArray items:
                items[(int)key] = Parsed(Value());
                break;
        }

        return root!.ToJsonString();
    }

    private byte[] Broken(byte[] bytes)
    {
        if (bytes.Length < 2)
        {
            return bytes;
        }

        switch (random.Next(3))
        {
            case 0:
                return bytes[..random.Next(1, bytes.Length)];
            case 1:
                bytes[random.Next(bytes.Length)] = (byte)random.Next(0x20, 0x7F);
                return bytes;
            default:
                var at = random.Next(bytes.Length);
                return [.. bytes[..at], .. Encoding.UTF8.GetBytes(Value()), .. bytes[at..]];
        }
    }

    private static JsonNode? Parsed(string json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: new System.Text.Json.JsonDocumentOptions { MaxDepth = 2 * Deep });
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode node)
    {
        IEnumerable<(object Key, JsonNode? Child)> children = node switch
        {
            JsonObject members => members.Select(member => ((object)member.Key, member.Value)),
            JsonArray items => items.Select((item, at) => ((object)at, item)),
            _ => [],
        };
        foreach (var (key, child) in children)
        {
            yield return (node, key);
            if (child is not null)
            {
                foreach (var place in Places(child))
                {
                    yield return place;
                }
            }
        }
    }
}
