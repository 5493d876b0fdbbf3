using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.Fuzz;

/// <summary>
/// Every operation of the interface, with bodies, paths and queries made odd: what is wrong is the caller's fault and told as a
/// problem, never the server's.
/// </summary>
public sealed class BodyFuzzTests(GatewayHost host, ITestOutputHelper output)
{
    private const int Seed = 20261129;

    private static readonly int Rounds = Environment.GetEnvironmentVariable("EVCHARGE_LONG_RUN") is null ? 6 : 500;

    /// <summary>Ends the caller's own session or key.</summary>
    private static readonly string[] LeftOut = ["logout"];

    [Fact]
    public async Task No_body_path_or_query_is_the_servers_fault()
    {
        var tenant = await host.AddTenant(host.Name("fuzz"));
        var api = await host.WithRole("administrator", tenant);
        var document = JsonNode.Parse((await host.Administrator.Get("/openapi/v1.json")).Text)!;
        var random = new Random(Seed);
        var mutator = new Mutator(random);
        var (sent, accepted, findings) = (0, 0, new List<string>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (method, path, operation) in Operations(document))
            {
                var address = Address(path, operation, mutator, random);
                var body = operation["requestBody"]?["content"]?["application/json"]?["schema"];
                var bytes = body is null ? null : mutator.Of(Sample(body, document, mutator, random, 0));
                using var content = bytes is null ? null : new ByteArrayContent(bytes);
                content?.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                var answer = await api.Send(HttpMethod.Parse(method), address, content);
                sent++;
                accepted += (int)answer.Status < 400 ? 1 : 0;
                var problem = answer.Message.Content.Headers.ContentType?.MediaType;
                if ((int)answer.Status >= 500 || ((int)answer.Status >= 400 && problem != "application/problem+json"))
                {
                    findings.Add($"{method} {address}: {(int)answer.Status} {problem} {answer.Text}; body {(bytes is null ? "" : Encoding.UTF8.GetString(bytes))}");
                }
            }
        }

        output.WriteLine($"{sent} requests, {accepted} accepted");
        Assert.True(findings.Count == 0, $"seed {Seed}\n{string.Join('\n', findings)}");
        Assert.True(accepted > 0, "nothing was accepted");
    }

    private static IEnumerable<(string Method, string Path, JsonNode Operation)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where !LeftOut.Contains(operation.Value!["operationId"]?.GetValue<string>())
        select (operation.Key, path.Key, operation.Value);

    private static string Address(string path, JsonNode operation, Mutator mutator, Random random)
    {
        var query = new List<string>();
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var name = parameter!["name"]!.GetValue<string>();
            switch (parameter["in"]!.GetValue<string>())
            {
                case "path":
                    path = path.Replace($"{{{name}}}", random.Next(3) == 0 ? Uri.EscapeDataString(Short(mutator)) : name is "id" or "connector" or "profile" ? "1" : "thing", StringComparison.Ordinal);
                    break;
                case "query" when random.Next(2) == 0 && name is not "wait":
                    query.Add($"{name}={Uri.EscapeDataString(Short(mutator))}");
                    break;
            }
        }

        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }

    private static string Short(Mutator mutator)
    {
        var value = mutator.Value().Trim('"');
        return value.Length == 0 ? "x" : value[..Math.Min(value.Length, 200)];
    }

    /// <summary>Something that fits the schema more or less.</summary>
    private static string Sample(JsonNode schema, JsonNode document, Mutator mutator, Random random, int depth)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            schema = reference.Split('/').Skip(1).Aggregate(document, (node, part) => node[part]!);
        }

        if (schema["properties"] is JsonObject members && depth < 4)
        {
            var chosen = members.Where(_ => random.Next(3) > 0);
            return "{" + string.Join(',', chosen.Select(member => $"\"{member.Key}\":{Sample(member.Value!, document, mutator, random, depth + 1)}")) + "}";
        }

        if (schema["items"] is { } items && depth < 4)
        {
            return $"[{string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => Sample(items, document, mutator, random, depth + 1)))}]";
        }

        var types = schema["type"] switch { JsonArray several => several.Select(type => type!.GetValue<string>()).ToArray(), { } one => [one.GetValue<string>()], _ => [] };
        return random.Next(4) == 0 ? mutator.Value() : types.FirstOrDefault(type => type != "null") switch
        {
            "integer" => random.Next(-2, 100).ToString(CultureInfo.InvariantCulture),
            "number" => (random.NextDouble() * 100).ToString(CultureInfo.InvariantCulture),
            "boolean" => random.Next(2) == 0 ? "true" : "false",
            "string" when schema["format"]?.GetValue<string>() == "date-time" => "\"2026-12-01T00:00:00Z\"",
            "string" => "\"thing\"",
            _ => mutator.Value(),
        };
    }
}
