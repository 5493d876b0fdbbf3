using System.Collections.Immutable;
using EvCharge.ChargerSimulator.Clocks;
using EvCharge.ChargerSimulator.Sessions;
using EvCharge.ChargerSimulator.Vehicles;
using EvCharge.Ocpp.V16.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvCharge.ChargerSimulator.Fleets;

/// <summary>Simulated chargers with drivers. The CSMS must know <see cref="Identities"/> and <see cref="Tags"/>.</summary>
public sealed class Fleet
{
    private readonly FleetOptions _options;
    private readonly TimeProvider _clock;
    private readonly ImmutableArray<Outlet> _outlets;
    private int _begun;

    public Fleet(FleetOptions options, ILoggerFactory? loggers = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.TimeScale, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LongestSession, options.ShortestSession);
        _options = options;
        _clock = options is { TimeScale: 1, Origin: null }
            ? options.Time
            : new ScaledTimeProvider(options.Time, options.TimeScale, options.Origin ?? options.Time.GetUtcNow());
        var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger<ChargePoint>();
        Chargers = [.. Enumerable.Range(0, options.Count).Select(index => new ChargePoint(OptionsOf(index), logger))];
        var places = Chargers.SelectMany(charger => charger.Connectors.Select(connector => (charger, connector.Number))).ToList();
        Tags = options.Tags is { IsDefaultOrEmpty: false } tags
            ? tags
            : [.. Enumerable.Range(1, places.Count).Select(number => $"{options.Prefix}-TAG-{number:000}")];
        _outlets = [.. places.Select((place, index) => new Outlet(place.charger, place.Number, Tags[index % Tags.Length], options.Seed * 7919 + index))];
    }

    public ImmutableArray<ChargePoint> Chargers { get; }

    /// <summary>Identities of the chargers, in order.</summary>
    public IEnumerable<string> Identities => Chargers.Select(charger => charger.Identity);

    /// <summary>Every tag a driver may show.</summary>
    public ImmutableArray<string> Tags { get; }

    /// <summary>Visits begun so far.</summary>
    public int SessionsBegun => Volatile.Read(ref _begun);

    /// <summary>
    /// Runs until all sessions are over and all their messages answered, or until <paramref name="stop"/>: then running
    /// sessions are stopped and get <see cref="FleetOptions.EndPatience"/> to say so.
    /// </summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var life = new CancellationTokenSource();
        using var arrivals = CancellationTokenSource.CreateLinkedTokenSource(stop, life.Token);
        using var ending = stop.Register(() => EndSessions(life));
        List<Task> charging = [.. Chargers.Select(charger => charger.RunAsync(life.Token))];
        var driving = DriveAllAsync(arrivals.Token, life.Token);
        try
        {
            await await Task.WhenAny(driving, FaultedAsync(charging, life.Token));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to end, and patience ran out before the last answer came.
        }
        finally
        {
            await life.CancelAsync();
            await driving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.WhenAll(charging);
        }
    }

    private void EndSessions(CancellationTokenSource life)
    {
        foreach (var charger in Chargers)
            charger.StopSessions(StopReason.Local);
        life.CancelAfter(_options.EndPatience);
    }

    /// <summary>Ends only when a charger fails: one that merely ends leaves the rest at work.</summary>
    private static async Task FaultedAsync(List<Task> charging, CancellationToken life)
    {
        await foreach (var ended in Task.WhenEach(charging).WithCancellation(life))
            await ended;
        await Task.Delay(Timeout.InfiniteTimeSpan, life);
    }

    private async Task DriveAllAsync(CancellationToken arrivals, CancellationToken life)
    {
        await Task.WhenAll(_outlets.Select(outlet => DriveAsync(outlet, arrivals, life)));
        await Task.WhenAll(Chargers.Select(charger => charger.WaitDeliveredAsync(life)));
    }

    private async Task DriveAsync(Outlet outlet, CancellationToken arrivals, CancellationToken life)
    {
        var random = new Random(outlet.Seed);
        try
        {
            while (TryBegin())
            {
                await Task.Delay(_options.LongestPause * random.NextDouble(), _clock, arrivals);
                var plan = PlanOf(outlet, random);
                if (await outlet.Charger.ChargeAsync(outlet.Connector, plan, life) != SessionEnd.NotAvailable)
                    continue;
                Interlocked.Decrement(ref _begun);
                await Task.Delay(TimeSpan.FromSeconds(1), _options.Time, arrivals);
            }
        }
        catch (OperationCanceledException) when (arrivals.IsCancellationRequested)
        {
            // No more arrivals.
        }
    }

    private bool TryBegin()
    {
        if (Interlocked.Increment(ref _begun) <= (_options.Sessions ?? int.MaxValue))
            return true;
        Interlocked.Decrement(ref _begun);
        return false;
    }

    private SessionPlan PlanOf(Outlet outlet, Random random)
    {
        var length = _options.ShortestSession + (_options.LongestSession - _options.ShortestSession) * random.NextDouble();
        return new(ElectricVehicle.Draw(random), outlet.Tag, length, _options.LongestPause * random.NextDouble());
    }

    private ChargePointOptions OptionsOf(int index)
    {
        var options = new ChargePointOptions
        {
            Url = _options.Url,
            Identity = $"{_options.Prefix}{index + 1:000}",
            Password = _options.Password,
            Connectors = index < _options.Twins ? 2 : 1,
            SampleInterval = _options.SampleInterval,
            Seed = _options.Seed + index,
            Time = _options.Time,
            Clock = _clock,
            Faults = _options.Faults,
            Ledger = _options.Ledger,
        };
        return _options.Adjust?.Invoke(options) ?? options;
    }

    private sealed record Outlet(ChargePoint Charger, int Connector, string Tag, int Seed);
}
