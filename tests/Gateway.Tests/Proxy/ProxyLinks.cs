using System.Net;
using System.Text.Json;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Authorization;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Proxy;

/// <summary>Links of chargers, made and looked at through the API.</summary>
internal static class ProxyLinks
{
    public static string PathOf(string charger, string link = "roaming") => $"/api/v1/chargers/{charger}/proxy-links/{link}";

    public static async Task Relay(this ApiClient api, string charger, string url, string role = "observer", string link = "roaming", object? body = null) =>
        (await api.Put(PathOf(charger, link), body ?? new { url, role })).Expect(HttpStatusCode.Created);

    public static async Task<JsonElement> Link(this ApiClient api, string charger, string link = "roaming") =>
        (await api.Get(PathOf(charger, link))).Expect(HttpStatusCode.OK).Body;

    public static Task AwaitState(this ApiClient api, string charger, string state, string link = "roaming") =>
        Eventually.Holds(async () => (await api.Link(charger, link)).Text("state") == state, $"{charger} is {state} at {link}");

    public static Task AwaitProblem(this ApiClient api, string charger, string problem) => Eventually.Holds(
        async () => (await api.Link(charger)).Text("problem")?.Contains(problem, StringComparison.Ordinal) == true, $"{charger} has the problem {problem}");
}
