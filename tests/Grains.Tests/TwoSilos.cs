using System.Collections.Concurrent;
using EvCharge.Domain.Identity;
using EvCharge.History;
using EvCharge.History.Configuration;
using EvCharge.Servers;
using EvCharge.Silo;
using EvCharge.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.TestingHost;

namespace EvCharge.GrainsTests;

/// <summary>Two silos on one database, each with a clock that can be set wrong; one of them may be killed.</summary>
internal sealed class TwoSilos : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, SteerableClock> _clocks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _killed = new(StringComparer.Ordinal);
    private readonly DatabaseLocation _database;
    private InProcessTestCluster _cluster = null!;
    private int _chargers;

    private TwoSilos(DatabaseLocation database) => _database = database;

    public IGrainFactory Grains => _cluster.Client;

    /// <summary>A service of a silo that is alive.</summary>
    public T Service<T>()
        where T : notnull => _cluster.Silos.First(silo => !_killed.Contains(silo.Name)).ServiceProvider.GetRequiredService<T>();

    public static async Task<TwoSilos> Start(PostgresServer? server = null)
    {
        server ??= await PostgresServer.Shared();
        var silos = new TwoSilos(DatabaseLocation.PostgreSql(await server.CreateDatabase()));
        await silos.Deploy();
        return silos;
    }

    /// <summary>A configured charger that has booted on the given silo, or to any.</summary>
    public async Task<(TestCharger Charger, string Silo)> Connect(string? silo = null)
    {
        while (true)
        {
            var charger = await NewCharger();
            var attached = await charger.Attach();
            if (silo is null || attached.Silo == silo)
            {
                await charger.Boot();
                return (charger, attached.Silo);
            }
        }
    }

    public static async Task Eventually(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            await Task.Delay(50, patience.Token);
        }
    }

    /// <summary>Lets time pass, for grains at least.</summary>
    public void Pass(TimeSpan time)
    {
        foreach (var clock in _clocks.Values)
        {
            clock.Ahead += time;
        }
    }

    public SteerableClock ClockOf(string silo) => _clocks[Handle(silo).Name];

    public async Task Kill(string silo)
    {
        var handle = Handle(silo);
        _killed.Add(handle.Name);
        try
        {
            await _cluster.KillSiloAsync(handle);
        }
        catch (Exception cut) when (cut is AggregateException or OperationCanceledException)
        {
            // Its services had no time to stop in order: that is what killing means.
        }
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private async Task Deploy()
    {
        await Hosting.Installation.Migrate(new DatabaseLocations(_database), NullLoggerFactory.Instance);
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((options, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(_clocks[options.SiloName] = new SteerableClock());
            silo.Services.AddEvChargeHistory(history => history.Database = _database);
            silo.AddEvChargeSilo(_database);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        var configuration = Service<ConfigurationStore>();
        await configuration.PutSite(TenantId.Default, new SiteConfiguration("S1", "Site", "UTC", "A", null, null, null), null);
        await configuration.PutTag(TenantId.Default, new TagConfiguration("GOOD", "Accepted", null, null, [], null, null), null);
    }

    private async Task<TestCharger> NewCharger()
    {
        var id = new ChargerId(TenantId.Default, $"CP{++_chargers}");
        await Service<ConfigurationStore>().PutCharger(
            TenantId.Default, new ChargerConfiguration(id.Name, "S1", 0, null, null, [new ConnectorConfiguration(1, null)]), null);
        return new TestCharger(id, Grains);
    }

    private InProcessSiloHandle Handle(string silo) =>
        _cluster.Silos.Single(handle => handle.SiloAddress.ToParsableString() == silo);
}
