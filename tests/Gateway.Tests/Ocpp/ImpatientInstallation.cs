namespace EvCharge.GatewayTests.Ocpp;

/// <summary>An installation whose patience with slow peers is one second everywhere.</summary>
public sealed class ImpatientInstallation : IAsyncLifetime
{
    internal Installation Installation { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Installation = await Installation.Start(
        "--Ocpp:PingSeconds=1", "--Ocpp:MessageSeconds=1", "--Ocpp:SendSeconds=1", "--Ocpp:CallQueueFullSeconds=1");

    public ValueTask DisposeAsync() => Installation.DisposeAsync();
}
