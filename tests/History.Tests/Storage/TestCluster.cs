using System.Net;
using EvCharge.Servers;
using EvCharge.Storage;
using EvCharge.Storage.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;

namespace EvCharge.HistoryTests.Storage;

/// <summary>Silos and clients that find each other through a database and talk over TCP, on real clocks.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly List<IHost> _hosts = [];
    private readonly DatabaseLocation _database;

    private TestCluster(DatabaseLocation database) => _database = database;

    public IReadOnlyList<IClusterClient> Clients { get; private set; } = [];

    /// <summary>Starts all silos at the same time, then the clients.</summary>
    public static async Task<TestCluster> Start(DatabaseLocation database, int silos, int clients)
    {
        await OrleansSchema.Install(database);
        var cluster = new TestCluster(database);
        await cluster.Run([.. Enumerable.Range(0, silos).Select(_ => cluster.Silo())]);
        var hosts = Enumerable.Range(0, clients).Select(_ => cluster.Client()).ToArray();
        await cluster.Run(hosts);
        cluster.Clients = [.. hosts.Select(host => host.Services.GetRequiredService<IClusterClient>())];
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Enumerable.Reverse(_hosts))
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    private async Task Run(IHost[] hosts)
    {
        _hosts.AddRange(hosts);
        await Task.WhenAll(hosts.Select(host => host.StartAsync(TestContext.Current.CancellationToken)));
    }

    private IHost Silo()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo => silo
            .UseEvChargeClustering(_database, "test")
            .UseEvChargeStorage(_database)
            .Configure<EndpointOptions>(endpoint =>
            {
                endpoint.AdvertisedIPAddress = IPAddress.Loopback;
                endpoint.SiloPort = FreePort.Draw();
                endpoint.GatewayPort = FreePort.Draw();
            }));
        return builder.Build();
    }

    private IHost Client()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client => client.UseEvChargeClustering(_database, "test"));
        return builder.Build();
    }
}
