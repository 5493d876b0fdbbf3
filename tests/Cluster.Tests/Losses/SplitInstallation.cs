namespace EvCharge.ClusterTests.Losses;

/// <summary>Two silos and two gateways that the tests of a class share; each leaves all four running.</summary>
public sealed class SplitInstallation : IAsyncLifetime
{
    private static int _count;

    internal Installation Product { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Product = await Installation.StartAsync(InstallationKind.Split, $"losses{Interlocked.Increment(ref _count)}");

    public ValueTask DisposeAsync() => Product?.DisposeAsync() ?? ValueTask.CompletedTask;
}
