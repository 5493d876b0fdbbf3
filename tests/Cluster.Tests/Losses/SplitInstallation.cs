namespace EvCharge.ClusterTests.Losses;

/// <summary>Two silos and two gateways that the tests of a class share; each leaves all four running.</summary>
public sealed class SplitInstallation : IAsyncLifetime
{
    internal Installation Product { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Product = await Installation.StartAsync(InstallationKind.Split, "losses");

    public ValueTask DisposeAsync() => Product.DisposeAsync();
}
