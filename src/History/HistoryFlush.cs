using EvCharge.History.Engines;
using Microsoft.Extensions.Hosting;

namespace EvCharge.History;

/// <summary>
/// Settles the writer's queue as the host's last act: grains still write while the silo stops, whatever the order in which
/// services were registered.
/// </summary>
internal sealed class HistoryFlush(HistoryEngine engine) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => engine.Stop().WaitAsync(cancellationToken);
}
