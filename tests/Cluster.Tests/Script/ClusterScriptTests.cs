using System.Diagnostics;
using System.Net;
using EvCharge.ClusterTests.Simulator;

namespace EvCharge.ClusterTests.Script;

/// <summary>What a developer does with <c>cluster.sh</c>.</summary>
[Collection(ProcessTests.Name)]
public sealed class ClusterScriptTests(ITestOutputHelper output)
{
    private static readonly string[] All = ["balancer", "gateway1", "gateway2", "postgres", "silo1", "silo2"];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_cluster_comes_up_outlives_a_gateway_and_leaves_nothing_behind()
    {
        await using var script = ClusterScript.Create();
        var clock = Stopwatch.StartNew();
        var up = await script.SucceedAsync("up", "--silos", "2", "--gateways", "2");
        output.WriteLine($"up after {clock.Elapsed.TotalSeconds:0.0} s\n{up.Text}");
        Assert.Equal(All, up.Processes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(up.Processes, (await script.SucceedAsync("status")).Processes);
        Assert.Equal(up.Processes, (await script.SucceedAsync("up")).Processes);

        await LoseGatewayAsync(script, up.Processes["balancer"].Url);
        await script.SucceedAsync("start", "gateway1");
        await script.SucceedAsync("status");

        await script.SucceedAsync("down", "--purge");
        Assert.Empty(script.Left());
        Assert.All(up.Processes.Values, process => Assert.False(ClusterScript.Runs(process.Pid), process.ToString()));
        Assert.False(Directory.Exists(script.Folder));
    }

    [Fact]
    public async Task A_cluster_that_does_not_come_up_leaves_no_process_and_says_why()
    {
        await using var script = ClusterScript.Create();
        script.Environment["Ocpp__DrainSeconds"] = "-1";
        var up = await script.RunAsync("up", "--silos", "1", "--gateways", "1");

        Assert.NotEqual(0, up.Code);
        Assert.Contains("gateway1", up.Text, StringComparison.Ordinal);
        Assert.Contains("DrainSeconds", up.Text, StringComparison.Ordinal);
        Assert.Empty(script.Left());
        var status = await script.RunAsync("status");
        Assert.NotEqual(0, status.Code);
        Assert.All(status.Processes.Values, process => Assert.Equal("down", process.State));
    }

    private async Task LoseGatewayAsync(ClusterScript script, Uri balancer)
    {
        using var api = await ProductApi.LoginAsync(balancer, ClusterScript.AdminPassword);
        await api.PutAsync("sites/site", new { name = "Site", timeZone = "Europe/Paris", energyUnit = "A" });
        await using var chargers = new SimulatedChargers();
        for (var number = 1; number <= 4; number++)
        {
            await api.PutAsync($"chargers/BALANCED{number}", new { site = "site", connectors = 1 });
            var charger = chargers.Add(SimulatedCharger.Start(
                new UriBuilder(balancer) { Scheme = "ws", Path = "/ocpp" }.Uri, options => options with { Identity = $"BALANCED{number}" }));
            await charger.OnlineAsync();
        }

        var clock = Stopwatch.StartNew();
        await script.SucceedAsync("kill", "gateway1");
        while (!await AreCommandableAsync(api, chargers) || chargers.All.All(charger => charger.Point.Connections == 1))
        {
            Assert.True(clock.Elapsed < Limit, $"not commandable after {clock.Elapsed}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        output.WriteLine($"{chargers.All.Count(charger => charger.Point.Connections > 1)} chargers of the killed gateway are back after {clock.Elapsed.TotalSeconds:0.0} s");
        var status = await script.RunAsync("status");
        Assert.NotEqual(0, status.Code);
        Assert.Equal("down", status.Processes["gateway1"].State);
        Assert.Equal("ready", status.Processes["gateway2"].State);
    }

    private static async Task<bool> AreCommandableAsync(ProductApi api, SimulatedChargers chargers)
    {
        try
        {
            foreach (var charger in chargers.All)
            {
                if ((await api.CallAsync(charger.Point.Identity, "ClearCache")).Status != HttpStatusCode.OK)
                    return false;
            }

            return true;
        }
        catch (HttpRequestException)
        {
            return false; // The connection went through the gateway that was killed.
        }
    }
}
