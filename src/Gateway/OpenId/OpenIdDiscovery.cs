using System.Net.Http.Headers;
using System.Text;
using EvCharge.Gateway.Security;
using EvCharge.Outgoing;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace EvCharge.Gateway.OpenId;

/// <summary>
/// What providers publish of themselves (OpenID Connect Discovery 1.0): where their endpoints are, and the keys they sign with. Kept
/// for an hour; a token under a key that is not among them has it read anew, once a minute.
/// </summary>
internal sealed class OpenIdDiscovery(OutgoingHttp http, TimeProvider time) : IDocumentRetriever, IDisposable
{
    private const int MostBytes = 256 * 1024;
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan ReadAnewAfter = TimeSpan.FromMinutes(1);

    private readonly MemoryCache _known = BoundedCache.Of(1_000, time);

    /// <exception cref="OpenIdRefusal">The provider does not answer, or says that it is another.</exception>
    public async Task<OpenIdConnectConfiguration> Find(string issuer, CancellationToken cancelled) =>
        (_known.TryGetValue(issuer, out Published? known) ? known! : await Read(issuer, cancelled)).Configuration;

    /// <summary>The same with what the provider publishes now, or published within the last minute.</summary>
    /// <exception cref="OpenIdRefusal">As for <see cref="Find"/>.</exception>
    public async Task<OpenIdConnectConfiguration> FindAnew(string issuer, CancellationToken cancelled) =>
        (_known.TryGetValue(issuer, out Published? known) && time.GetUtcNow() - known!.At < ReadAnewAfter
            ? known
            : await Read(issuer, cancelled)).Configuration;

    public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await http.Send(request, cancel);
        answer.EnsureSuccessStatusCode();
        return Encoding.UTF8.GetString((await BoundedBody.Read(answer, MostBytes, cancel)).Span);
    }

    public void Dispose() => _known.Dispose();

    private async Task<Published> Read(string issuer, CancellationToken cancelled)
    {
        var found = await OpenIdConnectConfigurationRetriever.GetAsync($"{issuer}/.well-known/openid-configuration", this, cancelled);
        if (found.Issuer?.TrimEnd('/') != issuer)
        {
            throw new OpenIdRefusal(OpenIdRefusal.Unreachable, $"{issuer} publishes that it is {found.Issuer}.");
        }

        var published = new Published(found, time.GetUtcNow());
        _known.Keep(issuer, published, KeptFor);
        return published;
    }

    private sealed record Published(OpenIdConnectConfiguration Configuration, DateTimeOffset At);
}
