using EvCharge.Servers;

namespace EvCharge.ClusterTests.Starts;

/// <summary>A program asks another for its health, where there is nothing else to ask with.</summary>
[Collection(ProcessTests.Name)]
public sealed class ProbeTests
{
    [Fact]
    public async Task A_probe_ends_with_0_when_the_process_is_well_and_with_1_when_it_is_not()
    {
        await using var product = await Installation.StartAsync(InstallationKind.Standalone, "probed");
        await using var probe = new ProductProcess("probe", BuiltAssembly.Gateway, Installation.EmptyFolder("probe"));

        Assert.Equal(0, await probe.EndAsync("--probe", new Uri(product.Http, "/health/ready").ToString()));
        Assert.Equal(1, await probe.EndAsync("--probe", new Uri(product.Http, "/api/v1/me").ToString()));
        Assert.Equal(1, await probe.EndAsync("--probe", $"http://127.0.0.1:{FreePort.Draw()}/health/ready"));
        Assert.Equal(2, await probe.EndAsync("--probe", "health"));

        Assert.Contains("401 ", probe.Output, StringComparison.Ordinal);
        Assert.Contains("--probe: 'health' is no URL of http or https.", probe.Output, StringComparison.Ordinal);
    }
}
