using System.Net;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Frames;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Ocpp;
using EvCharge.History.Frames;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(EvCharge.GatewayTests.Api.GatewayHost))]

namespace EvCharge.GatewayTests.Api;

/// <summary>The installation that all tests share; each works on names of its own.</summary>
public sealed class GatewayHost : IAsyncLifetime
{
    public const string AdminPassword = Installation.AdminPassword;
    public const string ForeignTenant = "acme";

    private Installation? installation;
    private int names;

    public IServiceProvider Services => installation!.Services;

    /// <summary>Where chargers connect: of one gateway after the other.</summary>
    public Uri Address => installation!.Address;

    /// <summary>Where chargers connect over TLS: of the first gateway.</summary>
    public Uri SecureAddress => installation!.SecureAddress;

    public ApiClient Administrator { get; private set; } = null!;

    /// <summary>A name that no other test uses.</summary>
    public string Name(string prefix = "x") => $"{prefix}-{Interlocked.Increment(ref names)}";

    public async ValueTask InitializeAsync()
    {
        installation = await Installation.Start(
            "--Chargers:CommandTimeoutSeconds=5", "--Chargers:OfflineWaitSeconds=1", "--Ocpp:CallQueueFullSeconds=1",
            "--LocalLists:CheckSeconds=1", "--Security:LoginBurst=10000", "--Outgoing:HttpOnLoopback=true",
            $"--ChargerModels:Folder={Path.Combine(AppContext.BaseDirectory, "ChargerModels")}",
            "--Secrets:Key=" + Convert.ToBase64String("a key that is known to all tests"u8));
        Administrator = await SignIn(FirstAdministrator.Username, AdminPassword);
        await AddTenant(ForeignTenant);
    }

    /// <summary>A client of the first gateway, which holds the connections of half the chargers.</summary>
    public ApiClient Anonymous() => new(installation!.FirstAddress);

    public async Task<ApiClient> SignIn(string username, string password)
    {
        var client = Anonymous();
        var answer = await client.Post("/api/v1/auth/token", new { username, password });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return client.With("Authorization", $"Bearer {answer.Body.GetProperty("accessToken").GetString()}");
    }

    /// <summary>A client that presents an API key of that role.</summary>
    public async Task<ApiClient> WithRole(string role, string tenant = "default")
    {
        var maker = tenant == TenantId.Default.Value ? Administrator : Administrator.With(PermissionHandler.TenantHeader, tenant);
        var answer = await maker.Post("/api/v1/api-keys", new { description = $"a test's {role}", role });
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return Anonymous().With(BearerHandler.ApiKeyHeader, answer.Body.GetProperty("secret").GetString()!);
    }

    /// <summary>One who sees some sites of the tenant default only; none without any.</summary>
    public async Task<ApiClient> WithSites(string role, params string[] sites)
    {
        var answer = (await Administrator.Post("/api/v1/api-keys", new { description = $"a test's {role} of sites", role, sites })).Expect(HttpStatusCode.Created);
        return Anonymous().With(BearerHandler.ApiKeyHeader, answer.Body.GetProperty("secret").GetString()!);
    }

    public ValueTask DisposeAsync() => installation?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc cref="Installation.Execute"/>
    public Task<int> Execute(string sql, string value) => installation!.Execute(sql, value);

    /// <summary>Has every gateway look now at who has a frame log, and not in half a minute.</summary>
    public async Task RefreshFrameLogs()
    {
        foreach (var gateway in installation!.Gateways)
        {
            gateway.GetRequiredService<FrameBook>().Refresh(await gateway.GetRequiredService<FrameLogModes>().Read());
        }
    }

    /// <summary>A tenant of its own, for tests that change its settings.</summary>
    public async Task<string> AddTenant(string tenant)
    {
        (await Administrator.Put($"/api/v1/tenants/{tenant}", new { })).Expect(HttpStatusCode.Created);
        return tenant;
    }
}
