using System.Diagnostics;
using EvCharge.Storage;
using Orleans.Runtime;

namespace EvCharge.HistoryTests.Storage;

/// <summary>Many reminders in a cluster of two silos, registered by two clients.</summary>
[Trait(TestEngine.Trait, TestEngine.AnyServer)]
public sealed class ClusterReminderTests(ITestOutputHelper output)
{
    private const int Reminders = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_thousand_reminders_fire_stand_in_the_table_once_and_are_gone_when_they_are_taken_back()
    {
        var database = await TestEngine.Empty(TestEngine.Server);
        await using var cluster = await TestCluster.Start(database, silos: 2, clients: 2);
        var keys = Enumerable.Range(0, Reminders).Select(number => $"cluster-{number}").ToArray();
        Task Each(Func<ICounterGrain, Task> work) => Task.WhenAll(keys.Select((key, at) =>
            work(cluster.Clients[at % cluster.Clients.Count].GetGrain<ICounterGrain>(key))));

        var clock = Stopwatch.StartNew();
        await Each(grain => grain.Remind(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1)));
        output.WriteLine($"registered after {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal((Reminders, Reminders), (await Count(database, "count(*)"), await Count(database, "count(DISTINCT grain_id)")));

        await Task.WhenAll(keys.Select(key => CounterGrain.Reminded.GetOrAdd(key, _ => new()).Task))
            .WaitAsync(Patience, TestContext.Current.CancellationToken);
        output.WriteLine($"all fired after {clock.Elapsed.TotalSeconds:0.0} s");
        var silos = await cluster.Clients[0].GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics(TestContext.Current.CancellationToken);
        Assert.Equal(2, silos.Where(row => row.GrainType.Contains(nameof(CounterGrain), StringComparison.Ordinal)).Select(row => row.SiloAddress).Distinct().Count());

        await Each(grain => grain.Forget());
        Assert.Equal(0, await Count(database, "count(*)"));
    }

    private static async Task<int> Count(DatabaseLocation database, string what)
    {
        await using var connection = await TestEngine.Connect(database);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {what} FROM orleans_reminder";
        return Convert.ToInt32(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), null);
    }
}
