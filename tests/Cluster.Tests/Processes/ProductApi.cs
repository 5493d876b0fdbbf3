using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace EvCharge.ClusterTests;

/// <summary>The product's REST interface, as an administrator's script would use it.</summary>
internal sealed class ProductApi : IDisposable
{
    private readonly HttpClient _http;

    private ProductApi(Uri product) => _http = new HttpClient { BaseAddress = new Uri(product, "/api/v1/"), Timeout = TimeSpan.FromSeconds(60) };

    /// <param name="tenant">In which the administrator of the platform acts; null for his own.</param>
    public static async Task<ProductApi> LoginAsync(Uri product, string password = Installation.AdminPassword, string? tenant = null)
    {
        var api = new ProductApi(product);
        var token = await api.SendAsync(HttpMethod.Post, "auth/token", new { username = "admin", password });
        api._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Text("accessToken"));
        if (tenant is not null)
            api._http.DefaultRequestHeaders.Add("X-Tenant", tenant);
        return api;
    }

    public Task<JsonElement> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    /// <summary>Null when there is no good answer within two seconds.</summary>
    public async Task<JsonElement?> TryGetAsync(string path)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            using var answer = await _http.GetAsync(path, patience.Token);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>(patience.Token) : null;
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException && !TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public Task<JsonElement> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    public Task<JsonElement> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, body);

    /// <summary>Sends an OCPP call to a charger; the status code may be 409 or 504.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(string charger, string action, string payload = "{}")
    {
        using var content = new StringContent(payload, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync($"chargers/{Uri.EscapeDataString(charger)}/calls/{action}", content, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    /// <summary>Every item of a list, page by page.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string path, int limit = 1000)
    {
        List<JsonElement> items = [];
        var join = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        for (string? cursor = null; ;)
        {
            var page = await GetAsync($"{path}{join}limit={limit}{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}");
            items.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.Text("next");
            if (cursor is null)
                return items;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}

/// <summary>Members of JSON answers, by name.</summary>
internal static class JsonMembers
{
    public static string? Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetString() : null;

    public static double? Number(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetDouble() : null;

    public static long Whole(this JsonElement element, string name) => element.GetProperty(name).GetInt64();

    public static bool Flag(this JsonElement element, string name) => element.GetProperty(name).GetBoolean();

    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetDateTimeOffset() : null;
}
