using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace EvCharge.Fleet.Servers;

/// <summary>The REST interface, for what has to be there before chargers come.</summary>
internal sealed class ManagementApi : IDisposable
{
    private readonly HttpClient _http;

    private ManagementApi(IPEndPoint server) => _http = new HttpClient { BaseAddress = new Uri($"http://{server}/api/v1/") };

    public static async Task<ManagementApi> Login(IPEndPoint server)
    {
        var api = new ManagementApi(server);
        using var answer = await api._http.PostAsJsonAsync("auth/token", new { username = "admin", password = Target.AdminPassword });
        answer.EnsureSuccessStatusCode();
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>();
        api._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("accessToken").GetString());
        return api;
    }

    /// <summary>Chargers that nobody configured are taken into the site <c>default</c>.</summary>
    public Task AcceptStrangers() => Put("settings", new { unknownChargers = "accept" });

    public Task PutTag(string tag) => Put($"tags/{tag}", new { status = "Accepted" });

    public void Dispose() => _http.Dispose();

    private async Task Put(string path, object body)
    {
        using var answer = await _http.PutAsJsonAsync(path, body);
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"PUT {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
