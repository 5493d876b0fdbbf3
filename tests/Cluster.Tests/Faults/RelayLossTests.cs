using EvCharge.ClusterTests.Audit;

namespace EvCharge.ClusterTests.Faults;

/// <summary>
/// Chargers that are relayed to another system while processes are killed on both sides: the other system is an installation's own
/// second tenant, so that what it stored can be compared with what the chargers were told is stored.
/// </summary>
[Collection(ProcessTests.Name)]
[Trait("fault", "F1")]
public sealed class RelayLossTests(ITestOutputHelper output)
{
    private const int Chargers = 20;
    private const string Upstream = "upstream";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task What_the_other_system_was_told_is_what_happened_although_silos_and_a_gateway_were_killed()
    {
        LongRun.Only();
        await using var product = await Installation.StartAsync(InstallationKind.Split, "relay", "--Outgoing:HttpOnLoopback=true", "--Proxy:LongestPauseSeconds=2");
        using var api = await product.LoginAsync();
        await api.PutAsync($"tenants/{Upstream}", new { });
        using var there = await ProductApi.LoginAsync(product.Http, tenant: Upstream);
        await using var fleet = await ChargingFleet.StartAsync(product, api, "RELAY", Chargers, async charger =>
        {
            await there.PutAsync($"chargers/{charger}", new { connectors = 1 });
            await api.PutAsync($"chargers/{charger}/proxy-links/upstream", new { url = $"{product.OcppOf(1)}/{Upstream}" });
        });

        foreach (var process in (ProductProcess[])[product.Silos[0], product.Gateways[1], product.Silos[1]])
        {
            await process.KillAsync();
            await fleet.WorksAsync(2 * Chargers);
            await process.StartAsync();
            await fleet.WorksAsync(2 * Chargers);
        }

        await fleet.EndAsync();
        var told = Sessions(await StoredTransaction.ReadAllAsync(api));
        await Eventually(async () => (await QueuedAsync(api, fleet)) == 0);
        output.WriteLine($"{told.Count} sessions of {Chargers} relayed chargers, three processes killed");
        Assert.True(told.Count >= Chargers, $"only {told.Count} sessions");
        Assert.Equal(told, Sessions(await StoredTransaction.ReadAllAsync(there)));
    }

    /// <summary>What both systems must have alike, however each numbers it.</summary>
    private static List<string> Sessions(IReadOnlyList<StoredTransaction> stored) =>
    [
        .. stored.Select(one => FormattableString.Invariant(
                $"{one.Charger} {one.IdTag} {one.StartedAt:O} {one.MeterStart} to {one.StoppedAt:O} {one.MeterStop} by {one.StopReason}, {one.Samples.Select(sample => sample.Timestamp).Distinct().Count()} samples"))
            .Order(StringComparer.Ordinal),
    ];

    private static async Task<long> QueuedAsync(ProductApi api, ChargingFleet fleet)
    {
        long queued = 0;
        foreach (var charger in fleet.Fleet.Identities)
        {
            var link = await api.GetAsync($"chargers/{charger}/proxy-links/upstream");
            queued += link.Whole("queued") + link.Whole("parked");
        }

        return queued;
    }

    private static async Task Eventually(Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!await condition())
            await Task.Delay(200, patience.Token);
    }
}
