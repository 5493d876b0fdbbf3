using EvCharge.Gateway;
using EvCharge.History;
using EvCharge.Servers;
using EvCharge.Silo;
using EvCharge.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.TestingHost;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>
/// Two silos on a database server of a test's own, and a gateway that is their client. Server and silos can be killed.
/// </summary>
internal sealed class SplitInstallation : IAsyncDisposable
{
    private readonly DatabaseLocation _database;
    private InProcessTestCluster _cluster = null!;
    private WebApplication _app = null!;

    private SplitInstallation(PostgresServer server, DatabaseLocation database)
    {
        Server = server;
        _database = database;
    }

    public PostgresServer Server { get; }

    public Uri Address => new(_app.Urls.First());

    public Records Records => new(_app.Services);

    public IServiceProvider Services => _app.Services;

    /// <param name="settings">As on the command line, <c>--Ocpp:UnansweredSeconds=2</c>; of the gateway.</param>
    public static async Task<SplitInstallation> Start(params string[] settings)
    {
        var server = await PostgresServer.Start();
        var installation = new SplitInstallation(server, DatabaseLocation.PostgreSql(await server.CreateDatabase()));
        await Hosting.Installation.Migrate(new DatabaseLocations(installation._database), NullLoggerFactory.Instance);
        await installation.StartSilos();
        await installation.StartGateway(settings);
        return installation;
    }

    /// <summary>Kills the silo that holds the charger's grain.</summary>
    public async Task KillSiloOf(string charger)
    {
        var management = _cluster.Client.GetGrain<IManagementGrain>(0);
        var grain = _cluster.Client.GetGrain<Contracts.Chargers.IChargerGrain>($"default/{charger}");
        var address = await management.GetActivationAddress(grain);
        try
        {
            await _cluster.KillSiloAsync(_cluster.Silos.Single(silo => silo.SiloAddress.Equals(address)));
        }
        catch (Exception cut) when (cut is AggregateException or OperationCanceledException)
        {
            // Its services had no time to stop in order: that is what killing means.
        }
    }

    /// <summary>Stops the gateway as on SIGTERM; what is on record can still be read.</summary>
    public Task StopGateway() => _app.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await StopGateway();
        await _app.DisposeAsync();
        await _cluster.DisposeAsync();
        await Server.DisposeAsync();
    }

    private async Task StartSilos()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddEvChargeHistory(UseDatabase);
            silo.AddEvChargeSilo(_database);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    private async Task StartGateway(string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["EVCHARGE_ADMIN_PASSWORD"] = Api.GatewayHost.AdminPassword;
        builder.Configuration.AddCommandLine(settings);
        builder.Logging.ClearProviders();
        builder.Services.AddEvChargeHistory(UseDatabase);
        builder.Services.AddSingleton<IGrainFactory>(_cluster.Client);
        builder.Services.AddEvChargeGateway();
        _app = builder.Build();
        _app.MapEvChargeGateway();
        await _app.StartAsync(TestContext.Current.CancellationToken);
    }

    private void UseDatabase(HistoryOptions history)
    {
        history.Database = _database;
        history.WritePatience = TimeSpan.FromSeconds(1);
    }
}
