using System.Net;
using EvCharge.Domain.Identity;
using EvCharge.GatewayTests.Api;
using EvCharge.History.Configuration;
using EvCharge.History.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EvCharge.GatewayTests.OpenId;

/// <summary>People of a company sign in by its own provider, a real one, over real HTTP.</summary>
public sealed class OpenIdSignInTests(GatewayHost host, CompanyProvider company) : IAsyncLifetime, IClassFixture<CompanyProvider>
{
    private const string Provider = "company";

    private string _tenant = "";

    private ApiClient Administrator => host.Administrator.With("X-Tenant", _tenant);

    public async ValueTask InitializeAsync()
    {
        (company.Sitting, company.TellsInToken) = (null, true);
        _tenant = await host.AddTenant(host.Name("company"));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Somebody_who_comes_for_the_first_time_becomes_a_user_and_is_signed_in()
    {
        await Configure();
        company.Sitting = new Person("7", "ann@company.example");
        using var browser = NewBrowser();

        Assert.Equal($"/t/{_tenant}/sites", await browser.SignIn(_tenant, Provider, $"/t/{_tenant}/sites"));

        Assert.Equal(("ann@company.example", "guest"), await browser.Me());
        var ann = (await Administrator.Get("/api/v1/users/ann@company.example")).Body;
        Assert.False(ann.GetProperty("hasPassword").GetBoolean());
        Assert.Equal("7", ann.GetProperty("identity").GetProperty("subject").GetString());
        var entries = (await Administrator.Get("/api/v1/audit?action=completeOpenId")).Body.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["auth/openid", "users/ann@company.example"], entries.Select(entry => entry.GetProperty("target").GetString()).Order());
        Assert.All(entries, entry => Assert.Equal("ann@company.example", entry.GetProperty("author").GetString()));
    }

    [Fact]
    public async Task The_session_is_one_like_any_other()
    {
        await Configure();
        company.Sitting = new Person("7", "ann");
        using var browser = NewBrowser();
        await browser.SignIn(_tenant, Provider);
        var client = host.Anonymous().With("Authorization", $"Bearer {browser.Session}");

        Assert.Single((await client.Get("/api/v1/me/sessions")).Body.GetProperty("items").EnumerateArray());
        (await client.Post("/api/v1/auth/logout", new { })).Expect(HttpStatusCode.NoContent);

        (await client.Get("/api/v1/me")).Expect(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_provider_says_the_role_each_time(bool inToken)
    {
        await Configure(new
        {
            issuer = company.Issuer, clientId = CompanyProvider.ClientId, clientSecret = CompanyProvider.Secret,
            roleClaim = "groups", roles = new[] { new { value = "it", role = "administrator" }, new { value = "depot", role = "operator" } },
        });
        company.TellsInToken = inToken;
        using var browser = NewBrowser();

        company.Sitting = new Person("7", "ann", "depot", "canteen");
        await browser.SignIn(_tenant, Provider);
        Assert.Equal(("ann", "operator"), await browser.Me());

        company.Sitting = new Person("7", "ann-by-her-new-name", "depot", "it");
        await browser.SignIn(_tenant, Provider);
        Assert.Equal(("ann", "administrator"), await browser.Me());

        company.Sitting = new Person("7", "ann", "canteen");
        Assert.Equal($"/t/{_tenant}?signIn=no-role", await browser.SignIn(_tenant, Provider));
        company.Sitting = new Person("8", "bob");
        Assert.Equal($"/t/{_tenant}?signIn=no-role", await browser.SignIn(_tenant, Provider));
        (await Administrator.Get("/api/v1/users/bob")).Expect(HttpStatusCode.NotFound);
    }

    [Trait("attack", "role-bypass")]
    [Fact]
    public async Task A_user_who_is_there_is_taken_over_only_when_an_administrator_says_so()
    {
        await Configure();
        await PutUser("ann", new { role = "operator", password = "a password" });
        company.Sitting = new Person("7", "ann");
        using var browser = NewBrowser();

        Assert.Equal($"/t/{_tenant}?signIn=name-taken", await browser.SignIn(_tenant, Provider));
        Assert.Null(browser.Session);

        await PutUser("ann", new { role = "operator", identity = new { provider = Provider, subject = "7" } });
        await browser.SignIn(_tenant, Provider);
        Assert.Equal(("ann", "operator"), await browser.Me());
        (await Administrator.Put("/api/v1/users/eve", new { role = "guest", identity = new { provider = Provider, subject = "7" } })).Expect(HttpStatusCode.Conflict);
        (await Administrator.Put("/api/v1/users/eve", new { role = "guest", identity = new { provider = "another", subject = "7" } }))
            .ExpectField(HttpStatusCode.UnprocessableEntity, "identity.provider");

        await host.SignIn($"{_tenant}/ann", "a password");
        (await Administrator.Delete("/api/v1/users/ann/identity")).Expect(HttpStatusCode.NoContent);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Anonymous().With("Authorization", $"Bearer {browser.Session}").Get("/api/v1/me")).Status);
        (await Administrator.Delete("/api/v1/users/ann/identity")).Expect(HttpStatusCode.NotFound);
    }

    [Trait("attack", "role-bypass")]
    [Fact]
    public async Task A_platform_administrator_signs_in_with_a_password_alone()
    {
        await Configure();
        var person = new { provider = Provider, subject = "7" };

        (await Administrator.Put("/api/v1/users/root", new { role = "guest", platformAdministrator = true, identity = person }))
            .ExpectField(HttpStatusCode.UnprocessableEntity, "identity");
        await PutUser("ann", new { role = "guest", identity = person });
        (await Administrator.Put("/api/v1/users/ann", new { role = "guest", platformAdministrator = true }))
            .ExpectField(HttpStatusCode.UnprocessableEntity, "identity");
    }

    [Fact]
    public async Task Who_has_no_password_gets_in_by_none()
    {
        await Configure();
        company.Sitting = new Person("7", "ann");
        using var browser = NewBrowser();
        await browser.SignIn(_tenant, Provider);

        foreach (var password in (string[])["", "a password"])
        {
            var answer = await host.Anonymous().Post("/api/v1/auth/token", new { username = $"{_tenant}/ann", password });
            Assert.Equal("credentials", answer.Expect(HttpStatusCode.Unauthorized).Code);
        }
    }

    [Fact]
    public async Task Whom_the_provider_or_the_tenant_does_not_want_stays_outside()
    {
        await Configure();
        using var browser = NewBrowser();
        Assert.Equal($"/t/{_tenant}?signIn=refused", await browser.SignIn(_tenant, Provider));
        company.Sitting = new Person("9", "a name with blanks");
        Assert.Equal($"/t/{_tenant}?signIn=name", await browser.SignIn(_tenant, Provider));

        await PutUser("ann", new { role = "guest", disabled = true, identity = new { provider = Provider, subject = "7" } });
        company.Sitting = new Person("7", "ann");
        Assert.Equal($"/t/{_tenant}?signIn=disabled", await browser.SignIn(_tenant, Provider));

        await PutUser("ann", new { role = "guest" });
        (await host.Administrator.Put($"/api/v1/tenants/{_tenant}/suspension", new { })).Expect(HttpStatusCode.OK);
        await Ocpp.Eventually.Holds(async () => await browser.SignIn(_tenant, Provider) == $"/t/{_tenant}?signIn=suspended");
        Assert.Null(browser.Session);
    }

    [Fact]
    public async Task A_provider_that_is_used_no_more_lets_nobody_in_and_ends_the_sessions_of_its_people()
    {
        await Configure();
        company.Sitting = new Person("7", "ann");
        using var browser = NewBrowser();
        await browser.SignIn(_tenant, Provider);
        Assert.Equal([Provider], await Offered());

        await Configure(new { issuer = company.Issuer, clientId = CompanyProvider.ClientId, defaultRole = "guest", disabled = true });
        Assert.Empty(await Offered());
        Assert.Equal($"/t/{_tenant}?signIn=unknown", await browser.SignIn(_tenant, Provider));
        (await host.Anonymous().With("Authorization", $"Bearer {browser.Session}").Get("/api/v1/me")).Expect(HttpStatusCode.Unauthorized);

        await Configure();
        await browser.SignIn(_tenant, Provider);
        (await Administrator.Delete($"/api/v1/identity-providers/{Provider}")).Expect(HttpStatusCode.NoContent);
        (await host.Anonymous().With("Authorization", $"Bearer {browser.Session}").Get("/api/v1/me")).Expect(HttpStatusCode.Unauthorized);
        await Configure();
        Assert.Equal($"/t/{_tenant}?signIn=name-taken", await browser.SignIn(_tenant, Provider));
    }

    [Trait("attack", "cross-site")]
    [Fact]
    public async Task An_answer_counts_only_in_the_browser_that_asked_and_only_once()
    {
        await Configure();
        company.Sitting = new Person("7", "ann");
        using var browser = NewBrowser();
        using var other = NewBrowser();
        var back = await browser.Follow(await browser.Begin(_tenant, Provider));

        Assert.Equal($"/t/{_tenant}?signIn=stale", (await other.Follow(back)).PathAndQuery);
        await other.Begin(_tenant, Provider);
        Assert.Equal($"/t/{_tenant}?signIn=stale", (await other.Follow(back)).PathAndQuery);
        Assert.Null(other.Session);

        Assert.Equal($"/t/{_tenant}", (await browser.Follow(back)).PathAndQuery);
        Assert.Equal($"/t/{_tenant}?signIn=stale", (await browser.Follow(back)).PathAndQuery);
    }

    [Trait("attack", "cross-site")]
    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("/t/x\r\nSet-Cookie: a=b")]
    public async Task It_ends_at_no_page_but_ours(string to)
    {
        await Configure();
        company.Sitting = new Person("7", "ann");
        using var browser = NewBrowser();

        Assert.Equal($"/t/{_tenant}", await browser.SignIn(_tenant, Provider, to));
    }

    [Trait("attack", "foreign-tenant")]
    [Fact]
    public async Task A_provider_of_one_tenant_lets_nobody_into_another()
    {
        await Configure();
        company.Sitting = new Person("7", "ann");
        using var browser = NewBrowser();

        Assert.Equal("/t/default?signIn=unknown", await browser.SignIn("default", Provider));
        var back = await browser.Follow(await browser.Begin(_tenant, Provider));
        var turned = new Uri(back.ToString().Replace($"/openid/{_tenant}/", $"/openid/{GatewayHost.ForeignTenant}/", StringComparison.Ordinal));
        Assert.Equal($"/t/{GatewayHost.ForeignTenant}?signIn=stale", (await browser.Follow(turned)).PathAndQuery);
        Assert.Null(browser.Session);
    }

    [Fact]
    public async Task A_wrong_secret_of_ours_is_told_apart_from_a_wrong_person()
    {
        await Configure(new { issuer = company.Issuer, clientId = CompanyProvider.ClientId, clientSecret = "another", defaultRole = "guest" });
        company.Sitting = new Person("7", "ann");
        using var browser = NewBrowser();

        Assert.Equal($"/t/{_tenant}?signIn=unreachable", await browser.SignIn(_tenant, Provider));
    }

    [Fact]
    public async Task A_secret_under_a_key_that_is_no_more_is_told_as_a_provider_that_cannot_be_used()
    {
        await Configure();
        var (tenant, store) = (new TenantId(_tenant), host.Services.GetRequiredService<ConfigurationStore>());
        var kept = (await store.IdentityProvider(tenant, Provider))!;
        var lost = new SecretVault(Options.Create(new SecretsOptions { Key = Convert.ToBase64String(new byte[32]) }));
        var secret = lost.Protect(tenant, kept.Value.SecretPurpose, CompanyProvider.Secret);
        await store.PutIdentityProvider(tenant, kept.Value with { ClientSecret = secret }, kept.RowVersion);
        company.Sitting = new Person("7", "ann");
        using var browser = NewBrowser();

        Assert.Equal($"/t/{_tenant}?signIn=unreachable", await browser.SignIn(_tenant, Provider));
    }

    private Browser NewBrowser() => new(host.Anonymous().Address);

    private Task Configure() => Configure(new
    {
        issuer = company.Issuer, clientId = CompanyProvider.ClientId, clientSecret = CompanyProvider.Secret, defaultRole = "guest",
    });

    private async Task Configure(object provider)
    {
        var answer = await Administrator.Put($"/api/v1/identity-providers/{Provider}", provider);
        Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.OK, answer.Text);
    }

    private async Task PutUser(string username, object user)
    {
        var answer = await Administrator.Put($"/api/v1/users/{username}", user);
        Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.OK, answer.Text);
    }

    private async Task<IEnumerable<string?>> Offered() =>
        (await host.Anonymous().Get($"/api/v1/auth/providers?tenant={_tenant}")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()
            .Select(one => one.GetProperty("provider").GetString());
}
