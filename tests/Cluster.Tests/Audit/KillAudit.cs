using EvCharge.ChargerSimulator.Fleets;
using EvCharge.ChargerSimulator.Ledgers;

namespace EvCharge.ClusterTests.Audit;

/// <summary>
/// Kills processes of an installation again and again while a fleet charges; afterwards the record must hold exactly what
/// the chargers were told it holds.
/// </summary>
internal sealed class KillAudit(Installation product, int seed, ITestOutputHelper output)
{
    private const int FramesPerSession = 15;
    private const int Chargers = 60;
    private const string ChargerPassword = "kill-audit-key";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly Ledger _ledger = new();
    private readonly Random _random = new(seed);

    public async Task RunAsync(params IReadOnlyList<KillStage> stages)
    {
        var fleet = new Fleet(Options());
        await ConfigureAsync(fleet);
        using var stop = new CancellationTokenSource();
        var charging = fleet.RunAsync(stop.Token);
        var kills = 1;
        foreach (var stage in stages)
            kills += await RunAsync(stage, fleet, charging);

        // The last kill: the chargers end with it, and leave sent frames without an answer behind.
        await product.KillAsync();
        await stop.CancelAsync();
        await charging;
        await product.StartAsync(Patience);
        Compare(_ledger.Snapshot(), await ReadAsync(), kills);
    }

    private void Compare(IReadOnlyList<LedgerEntry> entries, IReadOnlyList<StoredTransaction> stored, int kills)
    {
        output.WriteLine($"{kills} kills, {Count(entries, LedgerKind.Start)} starts, {Count(entries, LedgerKind.Sample)} samples, "
            + $"{Count(entries, LedgerKind.Stop)} stops acknowledged; {entries.Count(entry => entry.State == LedgerState.Sent)} frames unanswered, "
            + $"{entries.Count(entry => entry.Attempts > 1)} sent more than once; {stored.Count} transactions stored");
        var findings = LedgerAudit.Compare(entries, stored);
        Assert.True(findings.Count == 0, $"seed {seed}, {findings.Count} findings:\n{string.Join('\n', findings.Take(20))}\n{product.Folder}");
        Assert.DoesNotContain(entries, entry => entry.Refusals > 0);
    }

    /// <summary>Kills until both the wanted number of kills and of sessions is reached; answers the kills.</summary>
    private async Task<int> RunAsync(KillStage stage, Fleet fleet, Task charging)
    {
        var sessions = Count(_ledger.Snapshot(), LedgerKind.Stop) + stage.Sessions;
        foreach (var charger in fleet.Chargers)
            await charger.WaitOnlineAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        var spared = product.Processes.Except(stage.Victims).Select(process => (process, process.Pid)).ToList();
        var connections = fleet.Chargers.Sum(charger => charger.Connections);
        var kills = 0;
        while (kills < stage.Kills || Count(_ledger.Snapshot(), LedgerKind.Stop) < sessions)
        {
            await MomentAsync(stage, charging, alone: spared.Count == 0);
            // One time in five all of them at once.
            kills += await KillAsync(_random.Next(5) == 0 ? stage.Victims : [stage.Victims[_random.Next(stage.Victims.Count)]]);
        }

        Assert.All(spared, one => Assert.Equal(one.Pid, one.process.Pid));
        if (stage.SocketsStay)
            Assert.Equal(connections, fleet.Chargers.Sum(charger => charger.Connections));
        return kills;
    }

    private async Task<int> KillAsync(IReadOnlyList<ProductProcess> victims)
    {
        var kills = 0;
        await CutAsync();
        // One start in five is itself cut short: recovery must survive a kill too.
        if (_random.Next(5) == 0)
        {
            await Task.Delay(_random.Next(200, 3_000), TestContext.Current.CancellationToken);
            await CutAsync();
        }

        foreach (var victim in victims)
            await victim.ReadyAsync(Patience);
        return kills;

        async Task CutAsync()
        {
            await Task.WhenAll(victims.Select(victim => victim.KillAsync()));
            kills += victims.Count;
            foreach (var victim in victims)
                victim.Launch();
        }
    }

    /// <summary>
    /// A moment in the work, not on the clock, so that a slow machine gets as far as a fast one: after some acknowledgements
    /// and a few milliseconds more, both from the seed. Where others work on while the victim comes back, half as many will do.
    /// </summary>
    private async Task MomentAsync(KillStage stage, Task charging, bool alone)
    {
        var share = (alone ? 2 : 1) * stage.Sessions * FramesPerSession / stage.Kills;
        var work = _ledger.WaitAcknowledgedAsync(_ledger.Acknowledged + _random.Next(share));
        var first = await Task.WhenAny(charging, work).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await first;
        await Task.Delay(_random.Next(100), TestContext.Current.CancellationToken);
    }

    private FleetOptions Options() => new()
    {
        Url = product.Ocpp,
        Prefix = "KILL",
        Count = Chargers,
        Twins = 0,
        Seed = seed & 0xFFFF,
        TimeScale = 200,
        Origin = TimeProvider.System.GetUtcNow().AddDays(-30),
        ShortestSession = TimeSpan.FromMinutes(11),
        LongestSession = TimeSpan.FromMinutes(15),
        SampleInterval = TimeSpan.FromMinutes(1),
        LongestPause = TimeSpan.FromMinutes(2),
        EndPatience = TimeSpan.Zero,
        Ledger = _ledger,
        Adjust = options => options with
        {
            Url = product.OcppOf(options.Seed),
            // Half of them know the other gateway too; the rest wait for their own to come back.
            Fallbacks = options.Seed % 4 < 2 ? [product.OcppOf(options.Seed + 1)] : [],
            Password = HasPassword(options.Identity) ? ChargerPassword : null,
            BackOff = TimeSpan.FromMilliseconds(100),
            LongestBackOff = TimeSpan.FromMilliseconds(500),
            AnswerTimeout = TimeSpan.FromSeconds(30),
            RepeatPause = TimeSpan.FromMilliseconds(200),
            NewIdOnRepeat = options.Seed % 3 == 0,
            BootOnReconnect = options.Seed % 5 < 3,
            AuthorizeOffline = options.Seed % 7 < 4,
        },
    };

    private async Task ConfigureAsync(Fleet fleet)
    {
        using var api = await product.LoginAsync();
        await api.PutAsync("sites/audit", new { name = "Audit", timeZone = "Europe/Paris", energyUnit = "A" });
        foreach (var tag in fleet.Tags)
            await api.PutAsync($"tags/{tag}", new { status = "Accepted" });
        foreach (var charger in fleet.Identities)
            await api.PutAsync($"chargers/{charger}", new { site = "audit", connectors = 1, password = HasPassword(charger) ? ChargerPassword : null });
    }

    private async Task<IReadOnlyList<StoredTransaction>> ReadAsync()
    {
        using var api = await product.LoginAsync();
        return await StoredTransaction.ReadAllAsync(api);
    }

    // One of the chargers authenticates: the rest would only warm the processor with password hashes after each restart.
    private static bool HasPassword(string charger) => charger.EndsWith("30", StringComparison.Ordinal);

    private static int Count(IReadOnlyList<LedgerEntry> entries, LedgerKind kind) =>
        entries.Count(entry => entry.Kind == kind && entry.IsAcknowledged);
}

/// <summary>One part of the audit: which processes die in it, and how much work is done meanwhile.</summary>
/// <param name="Kills">At least so many processes are killed.</param>
/// <param name="Sessions">At least so many charging sessions end.</param>
/// <param name="SocketsStay">No charger may notice: not one connection is opened anew.</param>
internal sealed record KillStage(IReadOnlyList<ProductProcess> Victims, int Kills, int Sessions, bool SocketsStay = false);
