using System.Globalization;
using EvCharge.ChargerSimulator.Fleets;
using EvCharge.ChargerSimulator.Ledgers;
using EvCharge.ClusterTests.Audit;

namespace EvCharge.ClusterTests;

/// <summary>
/// The product is killed again and again while a fleet charges; afterwards the record must hold exactly what the chargers
/// were told it holds. EVCHARGE_KILLS and EVCHARGE_SEED lengthen and repeat a run.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class KillAuditTests(ITestOutputHelper output)
{
    private const int Sessions = 1_000;
    private const int FramesPerSession = 15;
    private const int Chargers = 60;
    private const string ChargerPassword = "kill-audit-key";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly int _kills = Setting("EVCHARGE_KILLS", 25);
    private readonly int _seed = Setting("EVCHARGE_SEED", Random.Shared.Next());

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_doubled_when_the_product_is_killed_at_any_moment()
    {
        output.WriteLine($"EVCHARGE_SEED={_seed} EVCHARGE_KILLS={_kills}");
        await using var product = await StandaloneProcess.StartAsync("kill");
        var ledger = new Ledger();
        var fleet = new Fleet(OptionsOf(product, ledger));
        await ConfigureAsync(product, fleet);

        using var stop = new CancellationTokenSource();
        var charging = fleet.RunAsync(stop.Token);
        var kills = await KillAndRestartAsync(product, charging, ledger);
        // The last kill: the chargers end with it, and leave sent frames without an answer behind.
        await product.KillAsync();
        await stop.CancelAsync();
        await charging;
        await product.StartAsync();

        var entries = ledger.Snapshot();
        var stored = await ReadAsync(product);
        output.WriteLine($"{kills + 1} kills, {Count(entries, LedgerKind.Start)} starts, {Count(entries, LedgerKind.Sample)} samples, "
            + $"{Count(entries, LedgerKind.Stop)} stops acknowledged; {entries.Count(entry => entry.State == LedgerState.Sent)} frames unanswered, "
            + $"{entries.Count(entry => entry.Attempts > 1)} sent more than once; {stored.Count} transactions stored");
        var findings = LedgerAudit.Compare(entries, stored);
        Assert.True(findings.Count == 0, $"seed {_seed}, {findings.Count} findings:\n{string.Join('\n', findings.Take(20))}\n{product.Folder}");
        Assert.DoesNotContain(entries, entry => entry.Refusals > 0);
    }

    /// <summary>Kills until both the wanted number of kills and of sessions is reached; answers the kills.</summary>
    private async Task<int> KillAndRestartAsync(StandaloneProcess product, Task charging, Ledger ledger)
    {
        var random = new Random(_seed);
        var kills = 0;
        while (kills < _kills || Count(ledger.Snapshot(), LedgerKind.Stop) < Sessions)
        {
            await MomentAsync(random, charging, ledger);
            await product.KillAsync();
            kills++;
            product.Launch();
            // One start in five is itself cut short: recovery must survive a kill too.
            if (random.Next(5) == 0)
            {
                await Task.Delay(random.Next(200, 3_000), TestContext.Current.CancellationToken);
                await product.KillAsync();
                kills++;
                product.Launch();
            }

            await product.ReadyAsync(Patience);
        }

        return kills;
    }

    /// <summary>
    /// A moment in the work, not on the clock, so that a slow machine gets as far as a fast one: after some acknowledgements
    /// and a few milliseconds more, both from the seed.
    /// </summary>
    private async Task MomentAsync(Random random, Task charging, Ledger ledger)
    {
        var work = ledger.WaitAcknowledgedAsync(ledger.Acknowledged + random.Next(2 * Sessions * FramesPerSession / _kills));
        var first = await Task.WhenAny(charging, work).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await first;
        await Task.Delay(random.Next(100), TestContext.Current.CancellationToken);
    }

    private FleetOptions OptionsOf(StandaloneProcess product, Ledger ledger) => new()
    {
        Url = product.Ocpp,
        Prefix = "KILL",
        Count = Chargers,
        Twins = 0,
        Seed = _seed & 0xFFFF,
        TimeScale = 200,
        Origin = TimeProvider.System.GetUtcNow().AddDays(-30),
        ShortestSession = TimeSpan.FromMinutes(11),
        LongestSession = TimeSpan.FromMinutes(15),
        SampleInterval = TimeSpan.FromMinutes(1),
        LongestPause = TimeSpan.FromMinutes(2),
        EndPatience = TimeSpan.Zero,
        Ledger = ledger,
        Adjust = options => options with
        {
            Password = HasPassword(options.Identity) ? ChargerPassword : null,
            BackOff = TimeSpan.FromMilliseconds(100),
            LongestBackOff = TimeSpan.FromMilliseconds(500),
            AnswerTimeout = TimeSpan.FromSeconds(30),
            RepeatPause = TimeSpan.FromMilliseconds(200),
            NewIdOnRepeat = options.Seed % 3 == 0,
            BootOnReconnect = options.Seed % 2 == 0,
            AuthorizeOffline = options.Seed % 4 < 2,
        },
    };

    private static async Task ConfigureAsync(StandaloneProcess product, Fleet fleet)
    {
        using var api = await ProductApi.LoginAsync(product);
        await api.PutAsync("sites/audit", new { name = "Audit", timeZone = "Europe/Paris", energyUnit = "A" });
        foreach (var tag in fleet.Tags)
            await api.PutAsync($"tags/{tag}", new { status = "Accepted" });
        foreach (var charger in fleet.Identities)
            await api.PutAsync($"chargers/{charger}", new { site = "audit", connectors = 1, password = HasPassword(charger) ? ChargerPassword : null });
    }

    private static async Task<IReadOnlyList<StoredTransaction>> ReadAsync(StandaloneProcess product)
    {
        using var api = await ProductApi.LoginAsync(product);
        List<StoredTransaction> stored = [];
        foreach (var transaction in await api.ListAsync("transactions", limit: 500))
            stored.Add(StoredTransaction.Read(transaction, await api.ListAsync($"transactions/{transaction.Whole("id")}/meter-values", limit: 10)));
        return stored;
    }

    // Every tenth charger authenticates: the rest would only warm the processor with password hashes after each restart.
    private static bool HasPassword(string charger) => charger.EndsWith('0');

    private static int Count(IReadOnlyList<LedgerEntry> entries, LedgerKind kind) =>
        entries.Count(entry => entry.Kind == kind && entry.IsAcknowledged);

    private static int Setting(string name, int standard) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : standard;
}
