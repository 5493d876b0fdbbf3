using EvCharge.History.Chargers;

namespace EvCharge.Standalone;

/// <summary>
/// At the start of the only process nobody is connected, whatever a process that was killed has left in the tables.
/// </summary>
internal sealed class FormerConnections(ChargerLog history, TimeProvider time) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => history.RecordAllOffline(time.GetUtcNow());

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
