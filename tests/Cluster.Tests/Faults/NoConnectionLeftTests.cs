using EvCharge.Servers;
using Npgsql;

namespace EvCharge.ClusterTests.Faults;

/// <summary>Somebody else has taken every connection that the database server gives.</summary>
[Collection(ProcessTests.Name)]
[Trait("fault", "F5")]
public sealed class NoConnectionLeftTests(ITestOutputHelper output)
{
    private const int Chargers = 30;
    private static readonly TimeSpan Taken = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task The_product_waits_for_a_connection_and_goes_on_without_a_restart()
    {
        LongRun.Only();
        var server = await PostgresServer.Start("max_connections=90");
        await using var product = await Installation.StartAsync(InstallationKind.Split, "taken", server);
        var pids = product.Processes.Select(process => process.Pid).ToArray();
        using var api = await product.LoginAsync();
        await using var fleet = await ChargingFleet.StartAsync(product, api, "TAKEN", Chargers);

        List<NpgsqlConnection> taken = [];
        try
        {
            await TakeAllAsync(server, taken);
            var acknowledged = fleet.Acknowledged;
            await Task.Delay(Taken, TestContext.Current.CancellationToken);
            output.WriteLine($"{taken.Count} connections were taken; {fleet.Acknowledged - acknowledged} messages of sessions were acknowledged meanwhile");
        }
        finally
        {
            foreach (var one in taken)
                await one.DisposeAsync();
        }

        var took = await fleet.CatchesUpAsync();
        output.WriteLine($"what waited was stored {took.TotalSeconds:0.0} s after they were given back");
        Assert.Equal(pids, product.Processes.Select(process => process.Pid));
        await fleet.EndAsync();
    }

    /// <summary>Cuts the product's connections and takes what becomes free, until nothing is left for it.</summary>
    private static async Task TakeAllAsync(PostgresServer server, List<NpgsqlConnection> taken)
    {
        var connection = server.ConnectionString("postgres") + ";Pooling=false";
        await using var chief = new NpgsqlConnection(connection);
        await chief.OpenAsync(TestContext.Current.CancellationToken);
        while (true)
        {
            var one = new NpgsqlConnection(connection);
            try
            {
                await one.OpenAsync(TestContext.Current.CancellationToken);
                taken.Add(one);
            }
            catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                await one.DisposeAsync();
                await using var cut = new NpgsqlCommand(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'evcharge%' LIMIT 1", chief);
                if (await cut.ExecuteScalarAsync(TestContext.Current.CancellationToken) is null)
                    return;
            }
        }
    }
}
