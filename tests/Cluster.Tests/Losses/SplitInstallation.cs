namespace EvCharge.ClusterTests.Losses;

/// <summary>Two silos and two gateways.</summary>
public sealed class SplitInstallation : IAsyncLifetime
{
    internal Installation Product { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Product = await Installation.StartAsync(InstallationKind.Split, "losses");

    public ValueTask DisposeAsync() => Product?.DisposeAsync() ?? ValueTask.CompletedTask;
}
