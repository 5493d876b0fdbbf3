using System.ComponentModel;
using System.Diagnostics;
using System.Net;

namespace EvCharge.ClusterTests;

/// <summary>A charge point that is not ours, on the npm package ocpp-rpc with its strict mode, completes a session.</summary>
[Collection(ProcessTests.Name)]
public sealed class OcppRpcTests
{
    [Fact]
    public async Task A_charge_point_on_ocpp_rpc_completes_a_session()
    {
        await RequireNodeAsync();
        var folder = await InstallAsync();
        await using var product = await Installation.StartAsync(InstallationKind.Standalone, "ocpp-rpc");
        using var api = await product.LoginAsync();
        await api.PutAsync("sites/site", new { name = "Site", timeZone = "Europe/Paris", energyUnit = "A" });
        await api.PutAsync("tags/RPC-TAG", new { status = "Accepted" });
        await api.PutAsync("chargers/RPC1", new { site = "site", connectors = 1, password = "ocpp-rpc-password" });

        using var node = Start("node", folder, "charge-point.mjs", product.Ocpp.AbsoluteUri, "RPC1", "ocpp-rpc-password", "RPC-TAG");
        Assert.Equal("charging", await node.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        var active = Assert.Single(await api.ListAsync("transactions?charger=RPC1&active=true"));
        var (status, answer) = await api.CallAsync("RPC1", "RemoteStopTransaction", $$"""{"transactionId":{{active.Whole("ocppId")}}}""");
        Assert.Equal((HttpStatusCode.OK, "Accepted"), (status, answer.GetProperty("result").Text("status")));
        var error = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, error);

        var ended = await api.GetAsync($"transactions/{active.Whole("id")}");
        Assert.Equal((false, 1000, 4500, 3500, "Remote"),
            (ended.Flag("active"), ended.Number("meterStart"), ended.Number("meterStop"), ended.Number("energyWh"), ended.Text("stopReason")));
        Assert.Equal([2000, 3000], (await api.ListAsync($"transactions/{active.Whole("id")}/meter-values")).Select(sample => sample.Number("energyWh")));
    }

    /// <summary>A developer without Node may skip this test; continuous integration may not.</summary>
    private static async Task RequireNodeAsync()
    {
        try
        {
            using var node = Start("node", ".", "--version");
            await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (Win32Exception missing) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip($"Node is not installed: {missing.Message}");
        }
    }

    /// <summary>A clean install from the lock file, outside the source tree and without install scripts.</summary>
    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "ocpp-rpc");
        using var npm = Start("npm", folder, "ci", "--ignore-scripts");
        var output = npm.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await npm.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await npm.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(npm.ExitCode == 0, $"npm ci: {error}{await output}");
        return folder;
    }

    private static Process Start(string program, string folder, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
