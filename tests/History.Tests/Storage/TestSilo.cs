using EvCharge.Storage;
using EvCharge.Storage.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;

namespace EvCharge.HistoryTests.Storage;

/// <summary>A silo whose grains keep their state in a database. Timers and reminders follow <see cref="Clock"/>.</summary>
public sealed class TestSilo : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private TestSilo(InProcessTestCluster cluster, FakeTimeProvider clock)
    {
        _cluster = cluster;
        Clock = clock;
    }

    public FakeTimeProvider Clock { get; }

    public IGrainFactory Grains => _cluster.Client;

    /// <summary>The services of one of the silos.</summary>
    public IServiceProvider Services => _cluster.Silos[0].ServiceProvider;

    public IGrainStorage Storage => Services.GetRequiredKeyedService<IGrainStorage>("Default");

    public IReminderTable Reminders => Services.GetRequiredService<IReminderTable>();

    public static async Task<TestSilo> Start(DatabaseLocation database, Action<ISiloBuilder>? configure = null)
    {
        await OrleansSchema.Install(database);
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ServiceId = StorageRegistration.ServiceId;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.UseEvChargeStorage(database);
            silo.Services.AddKeyedSingleton<TimeProvider>("Orleans.Reminders", clock);
            silo.Services.AddKeyedSingleton<TimeProvider>("Orleans.Grains", clock);
            configure?.Invoke(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new TestSilo(cluster, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }
}
