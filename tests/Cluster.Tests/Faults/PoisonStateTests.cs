using System.Diagnostics;
using Npgsql;

namespace EvCharge.ClusterTests.Faults;

/// <summary>What a charger's grain has stored is damaged: that charger is out of service until one call repairs it, the others go on.</summary>
[Collection(ProcessTests.Name)]
[Trait("fault", "F13")]
public sealed class PoisonStateTests(ITestOutputHelper output)
{
    private const int Chargers = 20;

    [Fact]
    public async Task One_charger_is_out_of_service_until_it_is_repaired_and_loses_nothing()
    {
        LongRun.Only();
        await using var product = await Installation.StartAsync(InstallationKind.Split, "poison");
        using var api = await product.LoginAsync();
        await using var fleet = await ChargingFleet.StartAsync(product, api, "POISON", Chargers);
        var victim = fleet.Fleet.Identities.First();

        await product.KillAsync();
        Assert.Equal(1, await DamageAsync(product.Silos[0].Environment["EVCHARGE_CONNECTION"], victim));
        await product.StartAsync(TimeSpan.FromSeconds(60));
        await fleet.WorksAsync(20 * Chargers);

        Assert.Equal([victim], from charger in await api.ListAsync("chargers") where !charger.GetProperty("online").GetBoolean() select charger.Text("charger"));
        Assert.Contains(await api.ListAsync($"events?charger={victim}"), happened => happened.Text("kind") == "state-unreadable");

        var clock = Stopwatch.StartNew();
        await api.PostAsync($"chargers/{victim}/state-repair");
        while (!(await api.GetAsync($"chargers/{victim}")).GetProperty("online").GetBoolean())
        {
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        output.WriteLine($"{Chargers - 1} chargers went on; the damaged one was back {clock.Elapsed.TotalSeconds:0.0} s after its repair");
        await fleet.CatchesUpAsync();
        await fleet.EndAsync();
    }

    /// <returns>How many states were damaged.</returns>
    private static async Task<int> DamageAsync(string connection, string charger)
    {
        await using var database = new NpgsqlConnection(connection);
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(
            "UPDATE orleans_grain_state SET payload = substring(payload for 20) WHERE key_text = @charger", database);
        command.Parameters.AddWithValue("charger", $"default/{charger}");
        return await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
