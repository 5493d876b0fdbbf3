using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace EvCharge.Fleet.Servers;

/// <summary>The REST interface, for what has to be there before chargers come.</summary>
internal sealed class ManagementApi : IDisposable
{
    private const string Site = "fleet";
    private const int AtOnce = 32;
    private const string TenantHeader = "X-Tenant";
    private readonly HttpClient _http;

    private ManagementApi(IPEndPoint server) => _http = new HttpClient { BaseAddress = new Uri($"http://{server}/api/v1/") };

    /// <summary>Makes a tenant with a site, a tag and chargers without passwords.</summary>
    public async Task PutTenant(string tenant, string tag, IReadOnlyCollection<string> chargers)
    {
        await Put($"tenants/{tenant}", new { });
        _http.DefaultRequestHeaders.Add(TenantHeader, tenant);
        await PutSite();
        await PutTag(tag);
        await PutChargers(chargers);
        _http.DefaultRequestHeaders.Remove(TenantHeader);
    }

    public static async Task<ManagementApi> Login(IPEndPoint server)
    {
        var api = new ManagementApi(server);
        using var answer = await api._http.PostAsJsonAsync("auth/token", new { username = "admin", password = Target.AdminPassword });
        answer.EnsureSuccessStatusCode();
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>();
        api._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("accessToken").GetString());
        return api;
    }

    /// <param name="limit">In A.</param>
    public Task PutSharingSite(string site, double limit, object smartCharging) => Put($"sites/{site}", new { limit, smartCharging });

    /// <summary>Limits a sharing site beside its own limit, in A.</summary>
    public Task PutLimit(string site, double limit) =>
        Put($"sites/{site}/limit", new { value = limit, until = TimeProvider.System.GetUtcNow().AddHours(1) });

    public Task PutSite() => Put($"sites/{Site}", new { name = "Fleet", timeZone = "Europe/Paris", energyUnit = "A" });

    /// <summary>Configures chargers with one connector and no password.</summary>
    public Task PutChargers(IReadOnlyCollection<string> chargers, string site = Site) => Parallel.ForEachAsync(
        chargers,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        (charger, _) => new ValueTask(Put($"chargers/{charger}", new { site, connectors = 1 })));

    /// <summary>Configures chargers of security profile 1, each with its password.</summary>
    public Task PutChargers(IReadOnlyDictionary<string, string> passwords) => Parallel.ForEachAsync(
        passwords,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        (charger, _) => new ValueTask(Put($"chargers/{charger.Key}", new { site = Site, connectors = 1, password = charger.Value })));

    public Task PutTag(string tag) => Put($"tags/{tag}", new { status = "Accepted" });

    /// <summary>Opens a stream of what changes, as a page of the console does; the answer is there when its first bytes are.</summary>
    public async Task<Stream> OpenLive(string topics)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"live?topics={topics}");
        request.Headers.AcceptEncoding.ParseAdd("br");
        var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStreamAsync();
    }

    /// <summary>Curves over a period, as text.</summary>
    public Task<string> Series(string tag, DateTimeOffset from, DateTimeOffset to, int points) =>
        _http.GetStringAsync($"series?tag={tag}&from={from:yyyy-MM-ddTHH:mm:ssZ}&to={to:yyyy-MM-ddTHH:mm:ssZ}&points={points}");

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
