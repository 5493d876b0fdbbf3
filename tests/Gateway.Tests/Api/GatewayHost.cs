using System.Net;
using System.Net.Sockets;
using EvCharge.Domain.Identity;
using EvCharge.Gateway;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Api;
using EvCharge.History;
using EvCharge.History.Migrations;
using EvCharge.Silo;
using EvCharge.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;

[assembly: AssemblyFixture(typeof(EvCharge.GatewayTests.Api.GatewayHost))]

namespace EvCharge.GatewayTests.Api;

/// <summary>
/// A gateway and a silo in one process on a database of their own, behind Kestrel on a port that the system chose. All
/// tests share it; each works on names of its own.
/// </summary>
public sealed class GatewayHost : IAsyncLifetime
{
    public const string AdminPassword = "correct horse battery";
    public const string ForeignTenant = "acme";

    private readonly string folder = Directory.CreateTempSubdirectory("evcharge-gateway-").FullName;
    private WebApplication? app;
    private int names;

    public IServiceProvider Services => app!.Services;

    public Uri Address { get; private set; } = null!;

    public ApiClient Administrator { get; private set; } = null!;

    /// <summary>A name that no other test uses.</summary>
    public string Name(string prefix = "x") => $"{prefix}-{Interlocked.Increment(ref names)}";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["EVCHARGE_ADMIN_PASSWORD"] = AdminPassword;
        builder.Configuration["Chargers:CommandTimeoutSeconds"] = "5";
        builder.Configuration["Chargers:OfflineWaitSeconds"] = "1";
        builder.Configuration["Ocpp:CallQueueFullSeconds"] = "1";
        builder.Logging.ClearProviders();
        builder.Services.AddEvChargeHistory(history => history.Database = DatabaseLocation.Folder(folder));
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort(), gatewayPort: 0, clusterId: Path.GetFileName(folder))
            .Configure<EndpointOptions>(endpoint => endpoint.AdvertisedIPAddress = IPAddress.Loopback)
            .AddEvChargeSilo(DatabaseLocation.Folder(folder)));
        builder.Services.AddEvChargeGateway();
        builder.Services.Configure<SecurityOptions>(security => security.LoginBurst = 10_000);
        app = builder.Build();
        await MigrationsRunner.Run(
            Services.GetRequiredService<IOptions<HistoryOptions>>().Value, Services.GetRequiredService<ILoggerFactory>());
        await AddTenant(ForeignTenant);
        app.MapEvChargeGateway();
        await app.StartAsync();
        Address = new Uri(app.Urls.First());
        Administrator = await SignIn(FirstAdministrator.Username, AdminPassword);
    }

    public ApiClient Anonymous() => new(Address);

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

    public async ValueTask DisposeAsync()
    {
        await app!.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Orleans cannot ask the system for a silo port by itself.</summary>
    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>A tenant of its own, for tests that change its settings.</summary>
    public async Task<string> AddTenant(string tenant)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "history.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "insert into tenant (tenant_id, name) values ($tenant, $tenant)";
        command.Parameters.AddWithValue("$tenant", tenant);
        await command.ExecuteNonQueryAsync();
        return tenant;
    }
}
