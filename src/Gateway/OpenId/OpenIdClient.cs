using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;
using EvCharge.History.Secrets;
using EvCharge.Outgoing;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace EvCharge.Gateway.OpenId;

/// <summary>
/// Talks to providers: the authorization code flow (OpenID Connect Core 1.0 §3.1) with proof of possession of the code (RFC 7636).
/// Their addresses are named by tenants and by what they publish, so each is called with the checks of <see cref="OutgoingHttp"/>.
/// </summary>
internal sealed class OpenIdClient(OutgoingHttp http, OpenIdDiscovery discovery, OpenIdTokens tokens, SecretVault vault)
{
    private const int MostBytes = 128 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Where the person goes to say who they are.</summary>
    /// <param name="callback">Where the provider sends them back to.</param>
    /// <exception cref="OpenIdRefusal">The provider does not answer as it should.</exception>
    public Task<string> AddressFor(IdentityProviderConfiguration provider, OpenIdAttempt attempt, string callback, CancellationToken cancelled) =>
        Reach(provider, async patience =>
        {
            var published = await discovery.Find(provider.Issuer, patience);
            var message = new OpenIdConnectMessage
            {
                IssuerAddress = published.AuthorizationEndpoint,
                ClientId = provider.ClientId,
                RedirectUri = callback,
                ResponseType = OpenIdConnectResponseType.Code,
                Scope = $"openid {provider.Scopes}".TrimEnd(),
                State = attempt.State,
                Nonce = attempt.Nonce,
                EnableTelemetryParameters = false,
            };
            message.SetParameter("code_challenge", attempt.Challenge);
            message.SetParameter("code_challenge_method", "S256");
            return message.CreateAuthenticationRequestUrl();
        }, cancelled);

    /// <summary>Whom the code stands for.</summary>
    /// <param name="issuer">The issuer that the answer names (RFC 9207); null for none.</param>
    /// <exception cref="OpenIdRefusal">The provider does not answer as it should, or cannot be believed.</exception>
    public Task<OpenIdPerson> Redeem(
        TenantId tenant, IdentityProviderConfiguration provider, OpenIdAttempt attempt, string code, string? issuer, string callback, CancellationToken cancelled) =>
        Reach(provider, async patience =>
        {
            var published = await discovery.Find(provider.Issuer, patience);
            if (issuer is not null && issuer != published.Issuer)
            {
                throw new OpenIdRefusal(OpenIdRefusal.Invalid, "The answer is of another provider.");
            }

            var answer = await Exchange(tenant, provider, published, attempt, code, callback, patience);
            var person = await tokens.Check(answer.IdToken, provider.Issuer, provider.ClientId, attempt.Nonce, patience);
            return person.Tells(provider) || answer.AccessToken is not { } access || string.IsNullOrEmpty(published.UserInfoEndpoint)
                ? person
                : await Ask(published.UserInfoEndpoint, access, person, patience);
        }, cancelled);

    private async Task<OpenIdConnectMessage> Exchange(
        TenantId tenant, IdentityProviderConfiguration provider, OpenIdConnectConfiguration published, OpenIdAttempt attempt, string code, string callback,
        CancellationToken patience)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = OpenIdConnectGrantTypes.AuthorizationCode,
            ["code"] = code,
            ["redirect_uri"] = callback,
            ["code_verifier"] = attempt.Verifier,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, published.TokenEndpoint);
        Authenticate(request, form, provider, SecretOf(tenant, provider), published.TokenEndpointAuthMethodsSupported);
        request.Content = new FormUrlEncodedContent(form);
        var answer = new OpenIdConnectMessage(await Send(request, patience));
        return string.IsNullOrEmpty(answer.IdToken)
            ? throw new OpenIdRefusal(OpenIdRefusal.Invalid, "The provider gave no ID token.")
            : answer;
    }

    /// <summary>The person with what the provider tells of them beside the token (OpenID Connect Core 1.0 §5.3).</summary>
    private async Task<OpenIdPerson> Ask(string endpoint, string accessToken, OpenIdPerson person, CancellationToken patience)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        using var told = JsonDocument.Parse(await Send(request, patience));
        if (told.RootElement.ValueKind != JsonValueKind.Object
            || !told.RootElement.TryGetProperty("sub", out var subject) || !subject.ValueEquals(person.Subject))
        {
            throw new OpenIdRefusal(OpenIdRefusal.Invalid, "The provider tells of somebody else.");
        }

        var claims = told.RootElement.EnumerateObject().SelectMany(member => ValuesOf(member.Value).Select(value => new Claim(member.Name, value)));
        return person with { Claims = [.. person.Claims, .. claims] };
    }

    private static IEnumerable<string> ValuesOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!),
        _ => [],
    };

    private async Task<string> Send(HttpRequestMessage request, CancellationToken patience)
    {
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await http.Send(request, patience);
        var text = Encoding.UTF8.GetString((await BoundedBody.Read(answer, MostBytes, patience)).Span);
        return answer.IsSuccessStatusCode
            ? text
            : throw new OpenIdRefusal(OpenIdRefusal.Unreachable, $"{request.RequestUri!.Host} answers {(int)answer.StatusCode}: {text[..Math.Min(text.Length, 200)]}");
    }

    /// <summary>By Basic authentication where the provider does not say that it knows only the form (RFC 6749 §2.3.1).</summary>
    private static void Authenticate(
        HttpRequestMessage request, Dictionary<string, string> form, IdentityProviderConfiguration provider, string? secret, ICollection<string> methods)
    {
        if (secret is null || (methods.Contains("client_secret_post") && !methods.Contains("client_secret_basic")))
        {
            form["client_id"] = provider.ClientId;
            if (secret is not null)
            {
                form["client_secret"] = secret;
            }

            return;
        }

        var pair = $"{Uri.EscapeDataString(provider.ClientId)}:{Uri.EscapeDataString(secret)}";
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
    }

    private string? SecretOf(TenantId tenant, IdentityProviderConfiguration provider) =>
        provider.ClientSecret is { } kept ? vault.Reveal(tenant, provider.SecretPurpose, kept) : null;

    /// <summary>Bounds how long it takes, and says of every failure that the provider is not there for us.</summary>
    private static async Task<T> Reach<T>(IdentityProviderConfiguration provider, Func<CancellationToken, Task<T>> talk, CancellationToken cancelled)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        patience.CancelAfter(Patience);
        try
        {
            return await talk(patience.Token);
        }
        catch (Exception fault) when (IsForeseen(fault) && !cancelled.IsCancellationRequested)
        {
            throw new OpenIdRefusal(OpenIdRefusal.Unreachable, $"The provider {provider.Provider} cannot be used: {fault.Message}", fault);
        }
    }

    /// <summary>What the libraries throw for answers that are none, too, and the vault for a secret under a key that is no more.</summary>
    private static bool IsForeseen(Exception fault) =>
        fault is HttpRequestException or IOException or OperationCanceledException or FormatException or JsonException
            or ArgumentException or InvalidOperationException or CryptographicException;
}
