using EvCharge.Domain.Identity;
using EvCharge.History;
using EvCharge.History.Configuration;
using EvCharge.History.Migrations;
using EvCharge.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.TestingHost;

namespace EvCharge.GrainsTests;

/// <summary>Two silos on one database, each with a clock that can be set wrong; one of them may be killed.</summary>
internal sealed class TwoSilos : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evcharge-two-silos-").FullName;
    private readonly Dictionary<string, SteerableClock> _clocks = new(StringComparer.Ordinal);
    private InProcessTestCluster _cluster = null!;
    private int _chargers;

    public IGrainFactory Grains => _cluster.Client;

    public string HistoryFile => Path.Combine(_folder, "history.db");

    /// <summary>A service of a silo that is alive.</summary>
    public T Service<T>()
        where T : notnull => _cluster.Silos[0].ServiceProvider.GetRequiredService<T>();

    public static async Task<TwoSilos> Start()
    {
        var silos = new TwoSilos();
        await silos.Deploy();
        return silos;
    }

    /// <summary>A configured charger that is attached to the given silo, or to any.</summary>
    public async Task<(TestCharger Charger, string Silo)> Connect(string? silo = null)
    {
        while (true)
        {
            var charger = await NewCharger();
            var attached = await charger.Attach();
            if (silo is null || attached.Silo == silo)
            {
                return (charger, attached.Silo);
            }
        }
    }

    public SteerableClock ClockOf(string silo) => _clocks[Handle(silo).Name];

    public Task Kill(string silo) => _cluster.KillSiloAsync(Handle(silo));

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Deploy()
    {
        await MigrationsRunner.Run(new HistoryOptions { DataFolder = _folder }, NullLoggerFactory.Instance);
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((options, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(_clocks[options.SiloName] = new SteerableClock());
            silo.Services.AddEvChargeHistory(history => history.DataFolder = _folder);
            silo.AddEvChargeSilo(_folder);
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
