using System.Net;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.OpenId;

/// <summary>Goes from page to page as a browser does, with the cookies that it is given.</summary>
internal sealed class Browser(Uri home) : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private HttpClient? _http;

    private HttpClient Http => _http ??= new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false });

    /// <summary>The secret of the session; null without one.</summary>
    public string? Session => _cookies.GetCookies(home)["evcharge"]?.Value;

    public void Dispose() => _http?.Dispose();

    /// <summary>Where a page sends the browser.</summary>
    public async Task<Uri> Follow(Uri page)
    {
        using var answer = await Http.GetAsync(page, TestContext.Current.CancellationToken);
        Assert.True(
            answer.StatusCode == HttpStatusCode.Redirect,
            $"{page} answers {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        return new Uri(page, answer.Headers.Location!);
    }

    /// <summary>Begins at the gateway; ends where the provider's page is.</summary>
    public Task<Uri> Begin(string tenant, string provider, string? to = null) => Follow(
        new Uri(home, $"/api/v1/auth/openid/{tenant}/{provider}{(to is null ? "" : $"?to={Uri.EscapeDataString(to)}")}"));

    /// <summary>The whole way: to the provider, back, and to the page of the console that it ends at.</summary>
    public async Task<string> SignIn(string tenant, string provider, string? to = null)
    {
        var theirs = await Begin(tenant, provider, to);
        return theirs.Port == home.Port ? theirs.PathAndQuery : (await Follow(await Follow(theirs))).PathAndQuery;
    }

    /// <summary>Who the session says that this is.</summary>
    public async Task<(string User, string Role)> Me()
    {
        var me = (await new ApiClient(home).With("Authorization", $"Bearer {Session}").Get("/api/v1/me")).Expect(HttpStatusCode.OK).Body;
        return (me.GetProperty("user").GetString()!, me.GetProperty("role").GetString()!);
    }
}
