using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using EvCharge.Gateway.Security;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace EvCharge.GatewayTests.Api;

/// <summary>One of each thing that a path can name.</summary>
internal sealed partial record Things(IReadOnlyDictionary<string, string> Names)
{
    /// <summary>Bodies that are valid, for what acts on a thing and makes none.</summary>
    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["callCharger"] = "{}",
        ["answerAuthorizationRequest"] = """{"status":"Accepted"}""",
        ["putAvailability"] = """{"type":"Inoperative"}""",
        ["putBaseLoad"] = """{"loads":[1,1,1]}""",
        ["putConfigurationKey"] = """{"value":"1"}""",
        ["putSessionNeeds"] = """{"energyWh":1000}""",
        ["putSiteLimit"] = """{"value":1}""",
        ["putExternalLimit"] = """{"value":1}""",
        ["rotatePassword"] = "{}",
        ["startCommissioning"] = """{"idTag":"x"}""",
        ["syncLocalList"] = "{}",
    };

    /// <summary>They are a platform administrator's or the caller's own, or take a body of any kind for a thing of the caller's own tenant.</summary>
    private static readonly string[] Others = ["tenants/{tenant}", "ocpp/{version}", "me/sessions", "PUT /api/v1/firmware"];

    /// <summary>Every route that names a thing.</summary>
    public static IEnumerable<(HttpMethod Method, RouteEndpoint Route)> RoutesOf(GatewayHost host) =>
        from route in host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        where route.Metadata.GetMetadata<RequiredPermission>() is not null && route.RoutePattern.Parameters.Count > 0
        from method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        where !Array.Exists(Others, other => $"{method} {route.RoutePattern.RawText}".Contains(other, StringComparison.Ordinal))
        select (HttpMethod.Parse(method), route);

    /// <summary>Has a stranger ask each route for these things and for others that are nowhere, and finds where the two answers differ.</summary>
    public async Task AssertHiddenFrom(ApiClient stranger, IEnumerable<(HttpMethod Method, RouteEndpoint Route)> routes, GatewayHost host, int least)
    {
        var (nothing, asked, findings) = (Nowhere(host), 0, new List<string>());
        foreach (var (method, route) in routes)
        {
            var body = Bodies.GetValueOrDefault(route.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "", """{"noSuchMember":1}""");
            var there = await Ask(stranger, method, route, body);
            var nowhere = await nothing.Ask(stranger, method, route, body);
            asked++;
            if (there.Status != nowhere.Status || Hidden(there.Text) != nothing.Hidden(nowhere.Text))
            {
                findings.Add($"{method} {route.RoutePattern.RawText}: {(int)there.Status} {there.Text} and {(int)nowhere.Status} {nowhere.Text}");
            }
        }

        Assert.True(findings.Count == 0, string.Join('\n', findings));
        Assert.True(asked > least, $"only {asked} routes were asked");
        await AssertUntouched(host);
    }

    public static async Task<Things> Make(GatewayHost host)
    {
        var (api, names) = (host.Administrator, NamesOf(host));
        names["fingerprint"] = new string('A', 64);
        var charger = names["charger"];
        (await api.Put($"/api/v1/sites/{names["site"]}", new { })).Expect(HttpStatusCode.Created);
        (await api.Put($"/api/v1/chargers/{charger}", new { site = names["site"] })).Expect(HttpStatusCode.Created);
        (await api.Put($"/api/v1/tags/{names["idTag"]}", new { })).Expect(HttpStatusCode.Created);
        (await api.Put($"/api/v1/vehicles/{names["vehicle"]}", new { })).Expect(HttpStatusCode.Created);
        (await api.Put($"/api/v1/users/{names["username"]}", new { role = "guest", password = "a-long-password" })).Expect(HttpStatusCode.Created);
        (await api.Put($"/api/v1/roles/{names["role"]}", new { permissions = new[] { "fleet.read" } })).Expect(HttpStatusCode.Created);
        foreach (var library in (string[])["", $"sites/{names["site"]}/"])
        {
            (await api.Put($"/api/v1/{library}operating-modes/{names["mode"]}", new { smartCharging = new { unit = "W" } })).Expect(HttpStatusCode.Created);
            (await api.Put($"/api/v1/{library}profile-templates/{names["template"]}", new
            {
                profile = new { purpose = "TxDefaultProfile", kind = "Relative", schedule = new { unit = "A", periods = new[] { new { start = 0, limit = 16 } } } },
            })).Expect(HttpStatusCode.Created);
        }

        (await api.Put($"/api/v1/identity-providers/{names["identityProvider"]}", new { issuer = "https://login.company.example", clientId = "x" }))
            .Expect(HttpStatusCode.Created);
        (await api.Put($"/api/v1/saved-views/{names["view"]}", new { page = "trends", name = "Theirs", shared = true })).Expect(HttpStatusCode.Created);

        (await api.Put($"/api/v1/chargers/{charger}/proxy-links/{names["link"]}", new { url = "ws://127.0.0.1:1" })).Expect(HttpStatusCode.Created);

        names["alarm-suppressions"] = Number(
            (await api.Post("/api/v1/alarm-suppressions", new { kind = "maintenance", charger, until = TimeProvider.System.GetUtcNow().AddHours(1), reason = "x" }))
                .Expect(HttpStatusCode.Created).Body, "id");
        names["files"] = Number((await api.SendBytes(HttpMethod.Put, $"/api/v1/firmware/{names["name"]}", [1, 2, 3])).Expect(HttpStatusCode.Created).Body, "id");
        await host.SignIn(names["username"], "a-long-password");
        names["users/{username}/sessions"] = (await api.Get($"/api/v1/users/{names["username"]}/sessions")).Body.GetProperty("items")[0].GetProperty("id").GetString()!;
        names["api-keys"] = (await api.Post("/api/v1/api-keys", new { description = "x", role = "guest" })).Body.GetProperty("key").GetProperty("id").GetString()!;

        await using var connection = await WireCharger.Connect(host.Address, charger);
        names["commands"] = Number((await api.Post($"/api/v1/chargers/{charger}/calls/ClearCache?async=true", new { })).Expect(HttpStatusCode.Accepted).Body, "commandId");
        names["batches"] = Number(
            (await api.Post("/api/v1/batches", new { action = "ClearCache", payload = new { }, chargers = new[] { charger } })).Expect(HttpStatusCode.Accepted).Body, "id");
        names["commissioning"] = Number((await api.Post($"/api/v1/chargers/{charger}/commissioning", new { idTag = "x" })).Expect(HttpStatusCode.Accepted).Body, "id");
        var expiry = TimeProvider.System.GetUtcNow().AddHours(1);
        names["reservations"] = Number(
            (await api.Post("/api/v1/reservations", new { charger, connector = 1, idTag = names["idTag"], expiry })).Expect(HttpStatusCode.Accepted).Body, "id");
        var now = TimeProvider.System.GetUtcNow();
        await connection.Call("StartTransaction", $$"""{"connectorId":1,"idTag":"{{names["idTag"]}}","meterStart":0,"timestamp":"{{now:yyyy-MM-ddTHH:mm:ssZ}}"}""");
        names["transactions"] = Number((await api.Get($"/api/v1/transactions?charger={charger}")).Body.GetProperty("items")[0], "id");
        (await api.Put($"/api/v1/chargers/{charger}/authorization", new { mode = "manual", until = expiry, deadlineSeconds = 20 })).Expect(HttpStatusCode.Created);
        await connection.Send("""[2,"a","Authorize",{"idTag":"SOMEBODY"}]""");
        await Ocpp.Eventually.Holds(async () => (await api.Get($"/api/v1/authorization-requests?charger={charger}")).Body.GetProperty("items").GetArrayLength() > 0);
        names["authorization-requests"] = Number((await api.Get($"/api/v1/authorization-requests?charger={charger}")).Body.GetProperty("items")[0], "id");
        return new Things(names);
    }

    private static Things Nowhere(GatewayHost host)
    {
        var names = NamesOf(host);
        foreach (var numbered in (string[])["transactions", "commands", "reservations", "batches", "commissioning", "files", "authorization-requests", "alarm-suppressions"])
        {
            names[numbered] = "987654321";
        }

        names["fingerprint"] = new string('B', 64);
        names["users/{username}/sessions"] = names["api-keys"] = "nobodys";
        return new Things(names);
    }

    /// <summary>What stands in a path for a parameter; an <c>id</c> is that of the thing which the path is about.</summary>
    private string Named(string parameter, string route) => parameter switch
    {
        "connector" or "profile" => "1",
        "action" => "ClearCache",
        "key" => "HeartbeatInterval",
        "documentName" => "v1",
        "id" => Names.First(known => route.Contains($"/{known.Key}/{{id", StringComparison.Ordinal)).Value,
        _ => Names.TryGetValue(parameter, out var name) ? name : throw new InvalidOperationException($"What is '{parameter}' of {route}? Say it here."),
    };

    /// <summary>The text without the names and the trace, by which alone two answers may differ.</summary>
    private string Hidden(string text) =>
        Names.Values.Where(name => !name.All(char.IsAsciiDigit)).OrderByDescending(name => name.Length).Aggregate(Trace().Replace(text, ""), (left, name) => left.Replace(name, "x", StringComparison.Ordinal));

    private async Task AssertUntouched(GatewayHost host)
    {
        var question = await host.Administrator.Post($"/api/v1/authorization-requests/{Names["authorization-requests"]}/answer", new { status = "Accepted" });
        Assert.True((int)question.Status < 400, question.Text);
        foreach (var path in (string[])[
            $"sites/{Names["site"]}", $"chargers/{Names["charger"]}", $"tags/{Names["idTag"]}", $"vehicles/{Names["vehicle"]}", $"users/{Names["username"]}",
            $"transactions/{Names["transactions"]}", $"operating-modes/{Names["mode"]}", $"sites/{Names["site"]}/operating-modes/{Names["mode"]}",
            $"profile-templates/{Names["template"]}", $"sites/{Names["site"]}/profile-templates/{Names["template"]}", $"files/{Names["files"]}/content",
            $"chargers/{Names["charger"]}/proxy-links/{Names["link"]}", $"identity-providers/{Names["identityProvider"]}"])
        {
            (await host.Administrator.Get($"/api/v1/{path}")).Expect(HttpStatusCode.OK);
        }
    }

    private Task<ApiAnswer> Ask(ApiClient client, HttpMethod method, RouteEndpoint route, string body)
    {
        var path = "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter => Named(parameter.Name, route.RoutePattern.RawText!),
            _ => throw new InvalidOperationException($"No such part was seen before: {part}."),
        }))));
        return method == HttpMethod.Get || method == HttpMethod.Delete ? client.Send(method, path, null) : client.SendText(method, path, body);
    }

    private static Dictionary<string, string> NamesOf(GatewayHost host) => new(StringComparer.Ordinal)
    {
        ["site"] = host.Name("s"), ["charger"] = host.Name("CP"), ["idTag"] = host.Name("T"), ["vehicle"] = host.Name("v"),
        ["username"] = host.Name("u"), ["name"] = host.Name("f"), ["template"] = host.Name("p"), ["role"] = host.Name("r"),
        ["mode"] = host.Name("m"), ["view"] = host.Name("w"), ["link"] = host.Name("l"), ["identityProvider"] = host.Name("i"),
    };

    private static string Number(System.Text.Json.JsonElement thing, string member) => thing.GetProperty(member).GetInt64().ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex Trace();
}
