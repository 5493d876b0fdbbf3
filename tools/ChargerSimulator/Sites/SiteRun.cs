using System.Collections.Immutable;
using EvCharge.ChargerSimulator.Connectors;
using EvCharge.ChargerSimulator.Faults;
using EvCharge.ChargerSimulator.Sessions;
using EvCharge.ChargerSimulator.Vehicles;

namespace EvCharge.ChargerSimulator.Sites;

/// <summary>Plays a site: vehicles come and go, chargers misbehave, the limit is cut and lifted, and every second is judged.</summary>
public sealed class SiteRun
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Shortest time from one vehicle to the next on a connector.</summary>
    private static readonly TimeSpan Change = TimeSpan.FromSeconds(30);

    private readonly SiteRunOptions _options;
    private readonly ImmutableArray<ChargePoint> _chargers;
    private readonly SiteJudge _judge;
    private int _sessions;

    public SiteRun(SiteRunOptions options)
    {
        _options = options;
        _chargers = [.. options.Chargers.Select((name, number) => new ChargePoint(OptionsOf(name, number)))];
        _judge = new SiteJudge(_chargers, options.Grace, options.Limit);
    }

    public async Task<SiteReport> RunAsync(CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var running = _chargers.Select(charger => charger.RunAsync(end.Token)).ToArray();
        try
        {
            await Task.WhenAll(_chargers.Select(charger => charger.WaitOnlineAsync(stop)));
            var lives = _chargers.Select((charger, number) => Live(charger, number, end.Token)).ToArray();
            var cuts = Cut(end.Token);
            for (var until = TimeProvider.System.GetUtcNow() + _options.Length; TimeProvider.System.GetUtcNow() < until;)
            {
                await Task.Delay(Second, stop);
                _judge.Look();
            }
            await end.CancelAsync();
            await Task.WhenAll([.. lives, cuts]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return _judge.Report(_sessions);
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(running);
        }
    }

    /// <summary>One vehicle after the other, and now and then no connection.</summary>
    private async Task Live(ChargePoint charger, int number, CancellationToken stop)
    {
        var random = new Random(Seeds.Of(_options.Seed, number));
        await Task.Delay(TimeSpan.FromSeconds(random.Next(1, 40)), stop);
        while (true)
        {
            var vehicle = new ElectricVehicle(60, random.Next(10, 60), random.Next(3) == 0 ? 16 : 32, random.Next(3) == 0 ? 1 : 3);
            var (shortest, longest) = _options.Sessions;
            var plan = new SessionPlan(vehicle, "SITE", shortest + ((longest - shortest) * random.NextDouble()), TimeSpan.Zero);
            var session = charger.ChargeAsync(1, plan, stop);
            Interlocked.Increment(ref _sessions);
            if (IsFlaky(number))
            {
                await Task.Delay(TimeSpan.FromSeconds(random.Next(5, 30)), stop);
                charger.GoOffline(TimeSpan.FromSeconds(random.Next(5, 30)));
            }
            await session;
            await Task.Delay(Change + TimeSpan.FromSeconds(random.Next(0, 20)), stop);
        }
    }

    private async Task Cut(CancellationToken stop)
    {
        for (var isCut = false; ; isCut = !isCut)
        {
            await Task.Delay(_options.BetweenCuts, stop);
            var limit = isCut ? _options.Limit : _options.Limit / 2;
            if (isCut)
                _judge.Limit = limit; // What is lifted may be drawn at once; what is cut is to be followed from when it is known.
            await _options.SetLimit(limit);
            _judge.Limit = limit;
        }
    }

    /// <summary>8 of 100.</summary>
    private bool IsFlaky(int number) => _options.Faults && Kind(number) is >= 72 and < 80;

    private ChargePointOptions OptionsOf(string name, int number) => new()
    {
        Url = _options.Url,
        Identity = name,
        Seed = Seeds.Of(_options.Seed, number),
        SampleInterval = _options.SampleInterval,
        BackOff = Second,
        LongestBackOff = Second * 2,
        Faults = _options.Faults || _options.Cheaters ? FaultsOf(number) : FaultOptions.None,
    };

    /// <summary>Of 100 chargers 72 are as they should be, 10 slow, 8 flaky, 3 ignore limits, 3 draw too much, 2 refuse, 2 do not answer.</summary>
    private FaultOptions FaultsOf(int number) => Kind(number) switch
    {
        < 72 or (>= 72 and < 80) => FaultOptions.None,
        < 90 when _options.Faults => new FaultOptions
        {
            LimitLag = TimeSpan.FromSeconds(5 + (new Random(number).NextDouble() * (_options.Slowest.TotalSeconds - 5))),
        },
        >= 90 and < 93 when _options.Cheaters => new FaultOptions { IgnoresLimits = true },
        >= 93 and < 96 when _options.Cheaters => new FaultOptions { Excess = 1.06 },
        >= 96 and < 98 when _options.Faults => new FaultOptions { RejectCommand = 0.3 },
        >= 98 when _options.Faults => new FaultOptions { LoseAnswer = 0.5 },
        _ => FaultOptions.None,
    };

    /// <summary>Spread evenly, so that also a few chargers have one of most kinds.</summary>
    private int Kind(int number) => (int)((number + 0.5) * 100 / _options.Chargers.Length);
}
