using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EvCharge.GatewayTests.OpenId;

/// <summary>Speaks as an identity provider does, and says what it is told to say.</summary>
internal sealed class LyingProvider : IAsyncDisposable
{
    public const string ClientId = "evcharge";
    public const string Secret = "a secret that is long enough to sign with it";

    private readonly WebApplication _app;

    private LyingProvider(WebApplication app) => _app = app;

    public string Issuer => _app.Urls.First();

    /// <summary>What it publishes as its keys.</summary>
    public RsaSecurityKey Published { get; set; } = NewKey("one");

    /// <summary>What it signs with.</summary>
    public SigningCredentials Signing { get; set; } = null!;

    /// <summary>Changes what the token says: issuer, audience, nonce, subject and times are right before.</summary>
    public Action<SecurityTokenDescriptor> Lie { get; set; } = _ => { };

    /// <summary>Changes the token itself.</summary>
    public Func<string, string> Forge { get; set; } = token => token;

    /// <summary>Answers a path in another way; null to answer as it should.</summary>
    public Func<HttpContext, Task?> Instead { get; set; } = _ => null;

    /// <summary>The nonce that the next token carries.</summary>
    public string Nonce { get; set; } = "";

    public static RsaSecurityKey NewKey(string name) => new(RSA.Create(2048)) { KeyId = name };

    public static SigningCredentials By(SecurityKey key) => new(key, SecurityAlgorithms.RsaSha256);

    public static async Task<LyingProvider> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var provider = new LyingProvider(app);
        provider.Signing = By(provider.Published);
        app.Run(provider.Answer);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    public string Token()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = ClientId,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(5),
            Claims = new Dictionary<string, object> { ["sub"] = "7", ["nonce"] = Nonce, ["preferred_username"] = "ann" },
            SigningCredentials = Signing,
        };
        Lie(descriptor);
        return Forge(new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task Answer(HttpContext http) => Instead(http) ?? http.Request.Path.Value switch
    {
        "/.well-known/openid-configuration" => http.Response.WriteAsJsonAsync(new
        {
            issuer = Issuer, authorization_endpoint = $"{Issuer}/authorize", token_endpoint = $"{Issuer}/token",
            userinfo_endpoint = $"{Issuer}/userinfo", jwks_uri = $"{Issuer}/keys",
        }),
        "/keys" => http.Response.WriteAsync(Keys()),
        "/token" => http.Response.WriteAsJsonAsync(new { id_token = Token(), access_token = "a", token_type = "Bearer" }),
        "/userinfo" => http.Response.WriteAsJsonAsync(new { sub = "8", preferred_username = "the boss" }),
        _ => http.Response.WriteAsync("?"),
    };

    private string Keys()
    {
        var numbers = Published.Rsa.ExportParameters(false);
        return JsonSerializer.Serialize(new
        {
            keys = new[] { new { kty = "RSA", use = "sig", kid = Published.KeyId, n = Base64UrlEncoder.Encode(numbers.Modulus), e = Base64UrlEncoder.Encode(numbers.Exponent) } },
        });
    }
}
