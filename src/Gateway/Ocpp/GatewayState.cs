namespace EvCharge.Gateway.Ocpp;

/// <summary>Whether this process still takes connections.</summary>
internal sealed class GatewayState : IDisposable
{
    private readonly CancellationTokenSource _aborting = new();

    /// <summary>True from the moment the process was asked to stop: not ready, no new connection.</summary>
    public bool Draining { get; private set; }

    /// <summary>Cancelled when the drain is over and what is left is cut.</summary>
    public CancellationToken Aborting => _aborting.Token;

    public void StartDraining() => Draining = true;

    public Task Abort() => _aborting.CancelAsync();

    public void Dispose() => _aborting.Dispose();
}
