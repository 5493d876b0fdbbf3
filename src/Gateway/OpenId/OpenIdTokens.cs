using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace EvCharge.Gateway.OpenId;

/// <summary>Decides whether an ID token may be believed (OpenID Connect Core 1.0 §3.1.3.7).</summary>
internal sealed class OpenIdTokens(OpenIdDiscovery discovery, TimeProvider time)
{
    private const int MostBytes = 64 * 1024;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>Signatures by a private key alone: one by our own secret would make everybody who knows it a provider.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MostBytes };

    /// <exception cref="OpenIdRefusal">It is not the provider's, not for us, not of now, or of another sign-in.</exception>
    public async Task<OpenIdPerson> Check(string token, string issuer, string clientId, string nonce, CancellationToken cancelled)
    {
        var result = await Validate(token, clientId, await discovery.Find(issuer, cancelled));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException)
        {
            result = await Validate(token, clientId, await discovery.FindAnew(issuer, cancelled));
        }

        if (!result.IsValid)
        {
            throw new OpenIdRefusal(OpenIdRefusal.Invalid, "The ID token is not valid.", result.Exception);
        }

        var person = OpenIdPerson.Of([.. result.ClaimsIdentity.Claims]);
        var audiences = person.Claims.Count(claim => claim.Type == "aud");
        var party = person.First("azp");
        if (person.First("nonce") != nonce)
        {
            throw new OpenIdRefusal(OpenIdRefusal.Invalid, "The ID token is of another sign-in.");
        }

        if (party is not null ? party != clientId : audiences > 1)
        {
            throw new OpenIdRefusal(OpenIdRefusal.Invalid, "The ID token was issued to another program.");
        }

        return person.Subject.Length is > 0 and <= 255
            ? person
            : throw new OpenIdRefusal(OpenIdRefusal.Invalid, "The ID token names nobody, or with more than 255 characters.");
    }

    private Task<TokenValidationResult> Validate(string token, string clientId, OpenIdConnectConfiguration provider) =>
        _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = provider.Issuer,
            ValidAudience = clientId,
            IssuerSigningKeys = provider.SigningKeys,
            ValidAlgorithms = Algorithms,
            LifetimeValidator = (from, until, _, _) =>
                until is { } end && time.GetUtcNow().UtcDateTime is var now && (from ?? now) - Skew <= now && now < end + Skew,
        });
}
