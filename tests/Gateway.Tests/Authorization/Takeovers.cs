using System.Net;
using System.Text.Json;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Authorization;

/// <summary>Authorization taken over, and the requests that come of it.</summary>
internal static class Takeovers
{
    /// <summary>Takes over a charger or a site, <c>chargers/CP1</c>, and waits until nothing else can decide there.</summary>
    public static async Task TakeOver(
        this ApiClient client, string what, string mode = "manual", int deadlineSeconds = 10, string onTimeout = "tags", TimeSpan? until = null)
    {
        var answer = await client.Put(
            $"/api/v1/{what}/authorization",
            new { mode, until = TimeProvider.System.GetUtcNow() + (until ?? TimeSpan.FromMinutes(5)), deadlineSeconds, onTimeout });
        Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.OK, answer.Text);
    }

    /// <summary>The charger's open request, as soon as there is one.</summary>
    public static async Task<JsonElement> AwaitRequest(this ApiClient client, string charger)
    {
        JsonElement? found = null;
        await Eventually.Holds(
            async () => (found = (await client.Requests(charger, "&state=open")).Cast<JsonElement?>().FirstOrDefault()) is not null,
            $"{charger} asks an operator");
        return found!.Value;
    }

    public static async Task<IReadOnlyList<JsonElement>> Requests(this ApiClient client, string charger, string filter = "") =>
        [.. (await client.Get($"/api/v1/authorization-requests?charger={charger}{filter}")).Expect(HttpStatusCode.OK).Body
            .GetProperty("items").EnumerateArray()];

    public static Task<ApiAnswer> AnswerRequest(this ApiClient client, JsonElement request, string status) =>
        client.Post($"/api/v1/authorization-requests/{request.GetProperty("id").GetInt64()}/answer", new { status });

    public static string Text(this JsonElement element, string member) => element.GetProperty(member).GetString()!;
}
