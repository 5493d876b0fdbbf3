using System.Text.RegularExpressions;
using EvCharge.Servers;

namespace EvCharge.ClusterTests.Starts;

/// <summary>The processes of a cluster are started in any order, and each waits for what it needs.</summary>
[Collection(ProcessTests.Name)]
public sealed partial class StartTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Two_migrations_at_the_same_time_both_end_well_and_a_third_changes_nothing()
    {
        await using var cluster = await LooseCluster.CreateAsync("start-migrations");

        await Task.WhenAll(cluster.Silo("one").RunAsync("--migrate"), cluster.Silo("two").RunAsync("--migrate"));

        await cluster.Silo("three").RunAsync("--migrate");
    }

    /// <summary>Of two gateways that find no administrator at the same time one makes it and says its password.</summary>
    [Fact]
    public async Task Whoever_starts_before_the_migration_waits_for_it_and_there_is_one_first_administrator()
    {
        await using var cluster = await LooseCluster.CreateAsync("start-early");
        ProductProcess[] silos = [cluster.Silo("silo1"), cluster.Silo("silo2")];
        ProductProcess[] gateways = [cluster.Gateway("gateway1"), cluster.Gateway("gateway2")];
        ProductProcess[] all = [.. silos, .. gateways];
        foreach (var process in all)
            process.Launch();
        foreach (var process in all)
            await process.SaysAsync("Waiting for the tables");

        await cluster.Silo("migration").RunAsync("--migrate");
        foreach (var process in all)
            await process.ReadyAsync(Patience);

        Assert.All(all, process => AssertSaysNothingTwice(process));
        var password = Assert.Single(gateways.SelectMany(gateway => Password().Matches(gateway.Output))).Groups[1].Value;
        foreach (var gateway in gateways)
            (await ProductApi.LoginAsync(gateway.Http, password)).Dispose();
    }

    [Fact]
    public async Task A_gateway_waits_for_a_silo_and_may_be_stopped_meanwhile()
    {
        await using var cluster = await LooseCluster.CreateAsync("start-gateway");
        var (silo, gateway, other) = (cluster.Silo("silo"), cluster.Gateway("gateway"), cluster.Gateway("other"));
        await silo.RunAsync("--migrate");
        gateway.Launch();
        other.Launch();
        await gateway.SaysAsync("Waiting for a silo");
        await other.SaysAsync("Waiting for a silo");
        await other.StopAsync();

        await silo.StartAsync();
        await gateway.ReadyAsync(Patience);

        AssertSaysNothingTwice(gateway);
        Assert.DoesNotContain("   at ", other.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Silo")]
    [InlineData("Gateway")]
    public async Task Who_waits_for_the_database_may_be_stopped(string executable)
    {
        await using var cluster = LooseCluster.CreateWithoutDatabase($"start-nowhere-{executable}");
        var process = executable == "Silo" ? cluster.Silo("silo") : cluster.Gateway("gateway");
        process.Launch();
        await process.SaysAsync("Waiting for the database");

        await process.StopAsync();

        AssertSaysNothingTwice(process);
        Assert.DoesNotContain("   at ", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_comes_late_is_waited_for()
    {
        await using var server = await PostgresServer.Start();
        await using var cluster = await LooseCluster.CreateAsync("start-late", server);
        var (silo, gateway) = (cluster.Silo("silo"), cluster.Gateway("gateway"));
        await silo.RunAsync("--migrate");
        await server.Kill();
        silo.Launch();
        gateway.Launch();
        await silo.SaysAsync("Waiting for the database");
        await gateway.SaysAsync("Waiting for the database");

        await server.Start();

        await silo.ReadyAsync(Patience);
        await gateway.ReadyAsync(Patience);
    }

    [Fact]
    public async Task An_address_that_another_process_serves_is_named_and_the_cluster_goes_on()
    {
        await using var cluster = await LooseCluster.CreateAsync("start-taken");
        var (silo, second) = (cluster.Silo("silo"), cluster.Silo("second"));
        await silo.RunAsync("--migrate");
        await silo.StartAsync();

        Assert.Equal(1, await second.EndAsync("--urls", silo.Http.GetLeftPart(UriPartial.Authority)));

        Assert.Contains($"--urls: Failed to bind to address {silo.Http.GetLeftPart(UriPartial.Authority)}", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
        await silo.ReadyAsync(Patience);
    }

    private static void AssertSaysNothingTwice(ProductProcess process)
    {
        var waiting = process.Output.Split('\n').Where(line => line.Contains("Waiting for", StringComparison.Ordinal)).ToArray();
        Assert.Equal(waiting.Distinct(), waiting);
    }

    [GeneratedRegex("^First administrator: user admin, password (\\S+)$", RegexOptions.Multiline)]
    private static partial Regex Password();
}
