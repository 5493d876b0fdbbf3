using EvCharge.ChargerSimulator;
using EvCharge.ChargerSimulator.Clocks;
using EvCharge.ChargerSimulator.Ledgers;
using EvCharge.ChargerSimulator.Sessions;
using EvCharge.ChargerSimulator.Vehicles;

namespace EvCharge.ClusterTests.Simulator;

/// <summary>A simulated charger that runs for the length of a test, against a <see cref="TestCsms"/> or the product.</summary>
internal sealed class SimulatedCharger : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private SimulatedCharger(ChargePoint point)
    {
        Point = point;
        _running = point.RunAsync(_stop.Token);
    }

    public ChargePoint Point { get; }

    public CancellationToken Stop => _stop.Token;

    /// <summary>Times short enough for tests; the simulated clock runs 600 times as fast.</summary>
    public static SimulatedCharger Start(Uri url, Func<ChargePointOptions, ChargePointOptions>? adjust = null)
    {
        var options = new ChargePointOptions
        {
            Url = url,
            Identity = "CP1",
            BackOff = TimeSpan.FromMilliseconds(20),
            LongestBackOff = TimeSpan.FromMilliseconds(200),
            RebootTime = TimeSpan.FromMilliseconds(50),
            RepeatPause = TimeSpan.FromMilliseconds(50),
            AnswerTimeout = TimeSpan.FromSeconds(10),
            Clock = new ScaledTimeProvider(TimeProvider.System, 600, TimeProvider.System.GetUtcNow()),
            Ledger = new Ledger(),
        };
        return new(new ChargePoint(adjust?.Invoke(options) ?? options));
    }

    public static SessionPlan Plan(double minutes = 5, string tag = "TAG1") =>
        new(new ElectricVehicle(60, 30, 16, 3), tag, TimeSpan.FromMinutes(minutes), TimeSpan.Zero);

    public Task<SessionEnd> ChargeAsync(SessionPlan? plan = null, int connector = 1) =>
        Point.ChargeAsync(connector, plan ?? Plan(), _stop.Token);

    public Task OnlineAsync() => Point.WaitOnlineAsync(_stop.Token).WaitAsync(TimeSpan.FromSeconds(30));

    public async Task DeliveredAsync() => await Point.WaitDeliveredAsync(_stop.Token).WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }
}
