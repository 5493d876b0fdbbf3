using Microsoft.Extensions.Hosting;

namespace EvCharge.Storage.State;

/// <summary>Settles the writer's queue as the host's last act, after the grains have been deactivated.</summary>
internal sealed class StateFlush(StateDatabase database) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => database.Stop().WaitAsync(cancellationToken);
}
