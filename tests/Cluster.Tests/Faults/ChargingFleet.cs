using System.Diagnostics;
using EvCharge.ChargerSimulator.Fleets;
using EvCharge.ChargerSimulator.Ledgers;
using EvCharge.ClusterTests.Audit;

namespace EvCharge.ClusterTests.Faults;

/// <summary>A fleet that charges while something is wrong, and the ledger of what its chargers were told is stored.</summary>
internal sealed class ChargingFleet : IAsyncDisposable
{
    /// <summary>How much faster than ours the clock of the chargers goes.</summary>
    public const int TimeScale = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly CancellationTokenSource _stop = new();
    private readonly Ledger _ledger = new();
    private readonly Task _charging;
    private readonly ProductApi _api;

    private ChargingFleet(Fleet fleet, Ledger ledger, ProductApi api)
    {
        (Fleet, _ledger, _api) = (fleet, ledger, api);
        _charging = fleet.RunAsync(_stop.Token);
    }

    public Fleet Fleet { get; }

    /// <summary>Messages that were acknowledged so far.</summary>
    public long Acknowledged => _ledger.Acknowledged;

    /// <summary>Configures a fleet, dealt out round the gateways, and has it charge until some of its messages were acknowledged.</summary>
    /// <param name="configured">Told of each charger before it comes; null for nobody.</param>
    public static async Task<ChargingFleet> StartAsync(
        Installation product, ProductApi api, string prefix, int chargers, Func<string, Task>? configured = null)
    {
        var ledger = new Ledger();
        var fleet = new Fleet(Options(product, ledger, prefix, chargers));
        await api.PutAsync("sites/charging", new { name = "Charging", timeZone = "Europe/Paris", energyUnit = "A" });
        foreach (var tag in fleet.Tags)
            await api.PutAsync($"tags/{tag}", new { status = "Accepted" });
        foreach (var charger in fleet.Identities)
        {
            await api.PutAsync($"chargers/{charger}", new { site = "charging", connectors = 1 });
            await (configured?.Invoke(charger) ?? Task.CompletedTask);
        }

        var charging = new ChargingFleet(fleet, ledger, api);
        await charging.WorksAsync(10 * chargers);
        return charging;
    }

    /// <summary>Waits until so many more messages are acknowledged.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> WorksAsync(long messages, TimeSpan? patience = null)
    {
        var clock = Stopwatch.StartNew();
        var work = _ledger.WaitAcknowledgedAsync(_ledger.Acknowledged + messages);
        await await Task.WhenAny(_charging, work).WaitAsync(patience ?? Patience, TestContext.Current.CancellationToken);
        return clock.Elapsed;
    }

    /// <summary>Waits until what the chargers held back is acknowledged.</summary>
    public Task<TimeSpan> CatchesUpAsync(TimeSpan? patience = null) => WorksAsync(Fleet.Chargers.Sum(charger => charger.WaitingMessages), patience);

    /// <summary>Ends all sessions; the record must hold exactly what the chargers were told it holds.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _charging.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.All(Fleet.Chargers, charger => Assert.Equal(0, charger.WaitingMessages));
        Assert.Empty(LedgerAudit.Compare(_ledger.Snapshot(), await StoredTransaction.ReadAllAsync(_api)));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _charging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static FleetOptions Options(Installation product, Ledger ledger, string prefix, int chargers) => new()
    {
        Url = product.Ocpp,
        Prefix = prefix,
        Count = chargers,
        Twins = 0,
        TimeScale = TimeScale,
        Origin = TimeProvider.System.GetUtcNow().AddDays(-30),
        ShortestSession = TimeSpan.FromMinutes(11),
        LongestSession = TimeSpan.FromMinutes(15),
        SampleInterval = TimeSpan.FromMinutes(1),
        LongestPause = TimeSpan.FromMinutes(2),
        EndPatience = Patience,
        Ledger = ledger,
        Adjust = options => options with
        {
            Url = product.OcppOf(options.Seed),
            Fallbacks = [product.OcppOf(options.Seed + 1)],
            BackOff = TimeSpan.FromMilliseconds(200),
            LongestBackOff = TimeSpan.FromSeconds(1),
            RepeatPause = TimeSpan.FromSeconds(1),
        },
    };
}
