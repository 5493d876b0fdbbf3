using System.Diagnostics;

namespace EvCharge.ClusterTests;

[Collection(ProcessTests.Name)]
public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_is_ready_within_a_minute_and_its_sessions_charge()
    {
        await using var product = await Installation.StartAsync(InstallationKind.Standalone, "demo", "--demo");
        using var api = await product.LoginAsync();
        var patience = Stopwatch.StartNew();
        Dictionary<long, double> before = [];
        while (true)
        {
            var active = await api.ListAsync("transactions?active=true");
            if (active.Any(one => before.TryGetValue(one.Whole("id"), out var earlier) && one.Number("energyWh") > earlier))
                break;
            foreach (var one in active)
                before.TryAdd(one.Whole("id"), one.Number("energyWh") ?? 0);
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(60), $"{before.Count} transactions, none of which rose; see {product.Folder}");
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        var chargers = await api.ListAsync("chargers");
        Assert.Equal(8, chargers.Count);
        Assert.Equal(9, chargers.Sum(charger => charger.GetProperty("connectors").GetArrayLength()));
        Assert.All(chargers, charger => Assert.True(charger.Flag("online"), charger.ToString()));
    }
}
