using System.Net;
using System.Text;
using System.Web;
using EvCharge.GatewayTests.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace EvCharge.GatewayTests.OpenId;

/// <summary>Providers that are broken, or not who they say they are: nobody gets in by them, and nothing hangs.</summary>
public sealed class HostileProviderTests(GatewayHost host) : IAsyncLifetime
{
    private const string Provider = "liar";

    private LyingProvider _liar = null!;
    private string _tenant = "";

    public async ValueTask InitializeAsync()
    {
        _liar = await LyingProvider.Start();
        _tenant = await host.AddTenant(host.Name("liar"));
        await Configure(_liar.Issuer);
    }

    public ValueTask DisposeAsync() => _liar.DisposeAsync();

    [Fact]
    public async Task It_is_believed_while_it_does_not_lie() => Assert.Equal($"/t/{_tenant}", await SignIn());

    [Trait("attack", "forged-identity")]
    [Theory]
    [InlineData("another audience")]
    [InlineData("another issuer")]
    [InlineData("another nonce")]
    [InlineData("no nonce")]
    [InlineData("another party")]
    [InlineData("two audiences")]
    [InlineData("nobody")]
    [InlineData("yesterday")]
    [InlineData("tomorrow")]
    [InlineData("no end")]
    [InlineData("another key")]
    [InlineData("our secret as a key")]
    [InlineData("no signature")]
    [InlineData("another content")]
    public async Task A_token_that_cannot_be_trusted_lets_nobody_in(string lie)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        _liar.Lie = token =>
        {
            switch (lie)
            {
                case "another audience": token.Audience = "another program"; break;
                case "another issuer": token.Issuer = "https://login.company.example"; break;
                case "another nonce": token.Claims["nonce"] = "of yesterday"; break;
                case "no nonce": token.Claims.Remove("nonce"); break;
                case "another party": token.Claims["azp"] = "another program"; break;
                case "two audiences": token.Audiences.Add("another program"); break;
                case "nobody": token.Claims.Remove("sub"); break;
                case "yesterday": (token.IssuedAt, token.NotBefore, token.Expires) = (now.AddDays(-1), now.AddDays(-1), now.AddHours(-23)); break;
                case "tomorrow": (token.NotBefore, token.Expires) = (now.AddHours(1), now.AddHours(2)); break;
                case "no end": token.Expires = null; break;
                case "another key": token.SigningCredentials = LyingProvider.By(LyingProvider.NewKey("one")); break;
                case "our secret as a key":
                    token.SigningCredentials = new SigningCredentials(
                        new SymmetricSecurityKey(Encoding.UTF8.GetBytes(LyingProvider.Secret)) { KeyId = "one" }, SecurityAlgorithms.HmacSha256);
                    break;
                case "no signature": token.SigningCredentials = null; break;
            }
        };
        if (lie == "another content")
        {
            _liar.Forge = token => Swapped(token, 1, "\"sub\":\"7\"", "\"sub\":\"8\"");
        }

        Assert.Equal($"/t/{_tenant}?signIn=invalid", await SignIn());
    }

    [Trait("attack", "forged-identity")]
    [Fact]
    public async Task What_it_tells_of_somebody_else_is_not_believed()
    {
        _liar.Lie = token => token.Claims.Remove("preferred_username");

        Assert.Equal($"/t/{_tenant}?signIn=invalid", await SignIn());
    }

    [Trait("attack", "forged-identity")]
    [Theory]
    [InlineData("/.well-known/openid-configuration", """{"issuer":"https://login.company.example","authorization_endpoint":"https://x","token_endpoint":"https://x"}""")]
    [InlineData("/.well-known/openid-configuration", "<html>")]
    [InlineData("/.well-known/openid-configuration", "{}")]
    [InlineData("/.well-known/openid-configuration", "503")]
    [InlineData("/.well-known/openid-configuration", "endless")]
    [InlineData("/.well-known/openid-configuration", "redirect")]
    [InlineData("/keys", "not json")]
    [InlineData("/keys", "endless")]
    [InlineData("/token", "[]")]
    [InlineData("/token", "redirect")]
    [InlineData("/token", "endless")]
    [InlineData("/userinfo", "endless")]
    [InlineData("/userinfo", "not json")]
    public async Task A_broken_answer_is_one_that_is_not_there(string path, string answer)
    {
        _liar.Lie = token => token.Claims.Remove("preferred_username");
        _liar.Instead = http => http.Request.Path != path ? null : answer switch
        {
            "503" => Status(http, 503),
            "redirect" => Status(http, 302, _liar.Issuer + "/elsewhere"),
            "endless" => Endless(http),
            _ => http.Response.WriteAsync(answer),
        };

        Assert.Contains(await SignIn(), (string[])[$"/t/{_tenant}?signIn=unreachable", $"/t/{_tenant}?signIn=invalid"]);
    }

    [Trait("attack", "request-forgery")]
    [Theory]
    [InlineData("https://169.254.169.254")]
    [InlineData("https://10.0.0.1:8443")]
    [InlineData("https://[fd00::1]")]
    public async Task A_neighbour_is_no_provider(string issuer)
    {
        await Configure(issuer, "neighbour");
        using var browser = new Browser(host.Anonymous().Address);

        Assert.Equal($"/t/{_tenant}?signIn=unreachable", await browser.SignIn(_tenant, "neighbour"));
    }

    [Trait("attack", "request-forgery")]
    [Theory]
    [InlineData("token_endpoint")]
    [InlineData("jwks_uri")]
    [InlineData("userinfo_endpoint")]
    public async Task A_provider_leads_to_no_neighbour(string member)
    {
        _liar.Lie = token => token.Claims.Remove("preferred_username");
        _liar.Instead = http => http.Request.Path != "/.well-known/openid-configuration" ? null : http.Response.WriteAsJsonAsync(
            new Dictionary<string, string>
            {
                ["issuer"] = _liar.Issuer, ["authorization_endpoint"] = _liar.Issuer + "/authorize", ["token_endpoint"] = _liar.Issuer + "/token",
                ["jwks_uri"] = _liar.Issuer + "/keys", ["userinfo_endpoint"] = _liar.Issuer + "/userinfo", [member] = "http://10.0.0.1/latest/meta-data",
            });

        Assert.Equal($"/t/{_tenant}?signIn=unreachable", await SignIn());
    }

    private async Task Configure(string issuer, string name = Provider) =>
        (await host.Administrator.With("X-Tenant", _tenant).Put($"/api/v1/identity-providers/{name}", new
        {
            issuer, clientId = LyingProvider.ClientId, clientSecret = LyingProvider.Secret, defaultRole = "guest",
        })).Expect(HttpStatusCode.Created);

    /// <summary>The whole way with a code of no meaning; nobody may be in at the end but where the page is ours.</summary>
    private async Task<string> SignIn()
    {
        using var browser = new Browser(host.Anonymous().Address);
        var theirs = await browser.Begin(_tenant, Provider);
        if (!theirs.ToString().StartsWith(_liar.Issuer + "/", StringComparison.Ordinal))
        {
            return theirs.PathAndQuery;
        }

        var asked = HttpUtility.ParseQueryString(theirs.Query);
        _liar.Nonce = asked["nonce"]!;
        var end = await browser.Follow(new Uri($"{asked["redirect_uri"]}?code=x&state={asked["state"]}"));
        Assert.Equal(end.Query.Length == 0, browser.Session is not null);
        return end.PathAndQuery;
    }

    /// <summary>The token with other text in one of its parts.</summary>
    private static string Swapped(string token, int part, string from, string to)
    {
        var parts = token.Split('.');
        parts[part] = Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[part]).Replace(from, to, StringComparison.Ordinal));
        return string.Join('.', parts);
    }

    private static Task Status(HttpContext http, int status, string? location = null)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.Location = location;
        return Task.CompletedTask;
    }

    private static async Task Endless(HttpContext http)
    {
        var block = new byte[64 * 1024];
        Array.Fill(block, (byte)' ');
        while (!http.RequestAborted.IsCancellationRequested)
        {
            await http.Response.Body.WriteAsync(block, http.RequestAborted);
        }
    }
}
