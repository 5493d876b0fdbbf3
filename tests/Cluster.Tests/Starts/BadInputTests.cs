using System.Globalization;
using EvCharge.Servers;

namespace EvCharge.ClusterTests.Starts;

/// <summary>What a process cannot work with ends it with a line that names it, and no more.</summary>
[Collection(ProcessTests.Name)]
public sealed class BadInputTests
{
    [Theory]
    [InlineData("Silo", "--nonsense")]
    [InlineData("Silo", "--data")]
    [InlineData("Silo", "--demo")]
    [InlineData("Gateway", "--migrate")]
    [InlineData("Gateway", "--data")]
    [InlineData("Standalone", "--migrate")]
    public async Task A_switch_that_is_not_understood_is_named_with_the_usage(string executable, string argument)
    {
        await using var cluster = LooseCluster.CreateWithoutDatabase("bad-switch");
        var process = Make(cluster, executable);

        Assert.Equal(2, await process.EndAsync(argument));

        Assert.StartsWith($"'{argument}' is not understood.\nusage: EvCharge.{executable} ", process.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Silo", "EVCHARGE_DB", "")]
    [InlineData("Silo", "EVCHARGE_DB", "sqlite")]
    [InlineData("Gateway", "EVCHARGE_DB", "oracle")]
    [InlineData("Standalone", "EVCHARGE_DB", "oracle")]
    [InlineData("Silo", "EVCHARGE_CONNECTION", "")]
    [InlineData("Silo", "EVCHARGE_CONNECTION", "postgres://user:secret@host/database")]
    [InlineData("Gateway", "EVCHARGE_CONNECTION", "Host=db;Secret=secret")]
    [InlineData("Gateway", "EVCHARGE_CONNECTION", "Database=evcharge")]
    [InlineData("Silo", "EVCHARGE_HISTORY_DB", "sqlite")]
    [InlineData("Gateway", "EVCHARGE_HISTORY_DB", "oracle")]
    [InlineData("Standalone", "EVCHARGE_HISTORY_CONNECTION", "Server=db;Password=secret")]
    [InlineData("Gateway", "EVCHARGE_ROLES", "ocpp,admin")]
    [InlineData("Gateway", "EVCHARGE_ROLES", "")]
    [InlineData("Gateway", "EVCHARGE_ROLES", " , ")]
    [InlineData("Gateway", "EVCHARGE_ORLEANS_DASHBOARD", "perhaps")]
    [InlineData("Silo", "EVCHARGE_SILO_PORT", "http")]
    [InlineData("Silo", "EVCHARGE_SILO_PORT", "65536")]
    [InlineData("Silo", "EVCHARGE_SILO_CLIENT_PORT", "-1")]
    [InlineData("Silo", "EVCHARGE_SILO_ADDRESS", "localhost")]
    [InlineData("Silo", "EVCHARGE_SILO_ADDRESS", "192.0.2.1")]
    [InlineData("Silo", "EVCHARGE_SILO_ADDRESS", "0.0.0.0")]
    public async Task A_setting_that_makes_no_sense_is_named_in_a_line(string executable, string key, string value)
    {
        await using var cluster = LooseCluster.CreateWithoutDatabase("bad-setting");
        var process = Make(cluster, executable);
        process.Environment[key] = value;

        Assert.Equal(2, await process.EndAsync());

        Assert.StartsWith($"{key} ", Line(process), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", process.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Silo", "nonsense")]
    [InlineData("Gateway", "ftp://127.0.0.1:80")]
    [InlineData("Standalone", "http://127.0.0.1:99999")]
    [InlineData("Standalone", "http://127.0.0.1:8080;:8081")]
    public async Task An_address_that_is_none_is_named_with_the_usage(string executable, string urls)
    {
        await using var cluster = LooseCluster.CreateWithoutDatabase("bad-urls");
        var process = Make(cluster, executable);

        Assert.Equal(2, await process.EndAsync("--urls", urls));

        Assert.StartsWith($"'--urls={urls}' names no addresses to listen at", process.Output, StringComparison.Ordinal);
        Assert.Contains($"\nusage: EvCharge.{executable} ", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_ports_of_a_silo_differ()
    {
        await using var cluster = LooseCluster.CreateWithoutDatabase("bad-ports");
        var silo = cluster.Silo("silo");
        silo.Environment["EVCHARGE_SILO_PORT"] = silo.Environment["EVCHARGE_SILO_CLIENT_PORT"] = Port();

        Assert.Equal(2, await silo.EndAsync());

        Assert.StartsWith("EVCHARGE_SILO_CLIENT_PORT ", Line(silo), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EVCHARGE_SILO_PORT")]
    [InlineData("EVCHARGE_SILO_CLIENT_PORT")]
    public async Task A_port_that_another_silo_has_is_named(string key)
    {
        await using var cluster = LooseCluster.CreateWithoutDatabase("bad-port-taken");
        var (first, second) = (cluster.Silo("first"), cluster.Silo("second"));
        first.Environment[key] = second.Environment[key] = Port();
        first.Launch();
        await first.SaysAsync("Waiting for");

        Assert.Equal(1, await second.EndAsync());

        Assert.StartsWith($"{key} is {second.Environment[key]}", Line(second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_without_a_database_fails_in_a_line()
    {
        await using var cluster = LooseCluster.CreateWithoutDatabase("bad-migration");
        var silo = cluster.Silo("silo");

        Assert.Equal(1, await silo.EndAsync("--migrate"));

        Assert.StartsWith("The database: ", Line(silo), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_standalone_process_without_its_database_server_fails_in_a_line()
    {
        await using var cluster = LooseCluster.CreateWithoutDatabase("bad-standalone");
        var standalone = cluster.Standalone("standalone");

        Assert.Equal(1, await standalone.EndAsync("--urls", "http://127.0.0.1:0"));

        Assert.StartsWith("The database: ", Line(standalone), StringComparison.Ordinal);
    }

    private static ProductProcess Make(LooseCluster cluster, string executable) => executable switch
    {
        "Silo" => cluster.Silo("silo"),
        "Gateway" => cluster.Gateway("gateway"),
        _ => cluster.Standalone("standalone"),
    };

    private static string Port() => FreePort.Draw().ToString(CultureInfo.InvariantCulture);

    /// <summary>All that it printed.</summary>
    private static string Line(ProductProcess process) =>
        Assert.Single(process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
}
