using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace EvCharge.ClusterTests.Gateways;

/// <summary>A right that is taken away at one gateway ends at the other one soon after.</summary>
[Collection(ProcessTests.Name)]
public sealed class SharedRightsTests(SeparateGateways gateways, ITestOutputHelper output) : IClassFixture<SeparateGateways>
{
    /// <summary>How long a gateway may go by what it knows of a secret.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>For requests on a busy machine.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task An_api_key_that_is_revoked()
    {
        using var administrator = await SignInAsync(gateways.ForApi, "admin", Installation.AdminPassword);
        var made = await PostAsync(administrator, "api-keys", new { description = "shared", role = "guest" });
        using var key = Client(gateways.OtherForApi, made.Text("secret"));
        await EndsAsync(key, "sites", async () =>
        {
            using var answer = await administrator.DeleteAsync($"api-keys/{made.GetProperty("key").Text("id")}", TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }, HttpStatusCode.NoContent, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_user_who_is_disabled()
    {
        using var administrator = await SignInAsync(gateways.ForApi, "admin", Installation.AdminPassword);
        await PutUserAsync(administrator, "leaver", new { role = "guest", password = "a password" });
        using var user = await SignInAsync(gateways.OtherForApi, "leaver", "a password");
        await EndsAsync(user, "sites", () => PutUserAsync(administrator, "leaver", new { role = "guest", disabled = true }), HttpStatusCode.OK, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_role_that_shrinks()
    {
        using var administrator = await SignInAsync(gateways.ForApi, "admin", Installation.AdminPassword);
        await PutUserAsync(administrator, "shrinker", new { role = "administrator", password = "a password" });
        using var user = await SignInAsync(gateways.OtherForApi, "shrinker", "a password");
        await EndsAsync(user, "api-keys", () => PutUserAsync(administrator, "shrinker", new { role = "guest" }), HttpStatusCode.OK, HttpStatusCode.Forbidden);
    }

    /// <summary>Uses the right until it is refused.</summary>
    private async Task EndsAsync(HttpClient holder, string path, Func<Task<HttpStatusCode>> take, HttpStatusCode taken, HttpStatusCode refused)
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(holder, path));
        Assert.Equal(taken, await take());
        var clock = Stopwatch.StartNew();
        HttpStatusCode status;
        while ((status = await StatusAsync(holder, path)) == HttpStatusCode.OK)
        {
            Assert.True(clock.Elapsed < Limit + Slack, $"It still held after {clock.Elapsed}.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        output.WriteLine($"held for another {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal(refused, status);
    }

    private static async Task<HttpClient> SignInAsync(ProductProcess gateway, string username, string password)
    {
        using var anonymous = Client(gateway, null);
        var token = await PostAsync(anonymous, "auth/token", new { username, password });
        return Client(gateway, token.Text("accessToken"));
    }

    private static HttpClient Client(ProductProcess gateway, string? secret)
    {
        var client = new HttpClient { BaseAddress = new Uri(gateway.Http, "/api/v1/") };
        client.DefaultRequestHeaders.Authorization = secret is null ? null : new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> PutUserAsync(HttpClient client, string user, object body)
    {
        using var answer = await client.PutAsJsonAsync($"users/{user}", body, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return answer.StatusCode;
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
