using EvCharge.Domain.Allocation;

namespace EvCharge.DomainTests.Allocation;

/// <summary>
/// Ten connectors of 32 A on 100 A, second by second: sessions come and go, the limit is cut to half now and then, one answer in
/// fifty is a refusal, one request and one answer in a hundred are lost, one of five chargers is away at times.
/// </summary>
internal sealed class SimulatedSite
{
    private const int Connectors = 10;
    private const double Full = 100;
    private static readonly LimitTree _tree = new([new LimitNode("site", -1)], 230);
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(10);

    /// <summary>No vehicle leaves and another one begins in less: what a paused one left to others comes back to its connector.</summary>
    private static readonly TimeSpan _change = TimeSpan.FromSeconds(30);

    private readonly Random _random;
    private readonly ControlPolicy _policy;
    private readonly SiteController _controller = new(_tree);
    private readonly SimulatedConnector[] _chargers;
    private readonly ConnectorControl[] _known;
    private readonly List<Message>[] _under = [.. Enumerable.Range(0, Connectors).Select(_ => new List<Message>())];
    private readonly int[] _sequence = new int[Connectors];
    private readonly DateTimeOffset[] _endedAt = new DateTimeOffset[Connectors];
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;
    private double _limit = Full;
    private double _used;
    private double _usable;

    public SimulatedSite(int seed, ControlPolicy policy, Func<int, double> excess)
    {
        _random = new Random(seed);
        _policy = policy;
        _chargers = [.. Enumerable.Range(0, Connectors).Select(number => new SimulatedConnector(excess(number)))];
        _known = [.. Enumerable.Range(0, Connectors).Select(number => new ConnectorControl(new ConnectorSettings { Id = number, Node = 0 }))];
    }

    /// <summary>What was drawn of what could have been, while more was wanted than there was.</summary>
    public double Use => _used / _usable;

    /// <summary>How often the independent check held increases back.</summary>
    public int Withheld { get; private set; }

    public int StartsOfLiars { get; private set; }

    /// <param name="grace">After a cut, in which it may be followed.</param>
    /// <returns>For how many seconds more was drawn than the limit.</returns>
    public int Play(TimeSpan time, TimeSpan grace)
    {
        var (over, end, cutAt) = (0, _now + time, _now);
        for (var connector = 0; connector < Connectors; connector++)
        {
            _known[connector] = _known[connector].Connected();
        }

        for (; _now < end; _now += TimeSpan.FromSeconds(1))
        {
            if (_random.Next(900) == 0)
            {
                (_limit, cutAt) = _limit == Full ? (Full / 2, _now) : (Full, cutAt);
            }

            for (var connector = 0; connector < Connectors; connector++)
            {
                Happen(connector);
            }

            Decide();
            var drawn = _chargers.Sum(charger => charger.Draw(_now));
            over += drawn > _limit + 0.5 && _now - cutAt > grace ? 1 : 0;
            Count(drawn);
        }

        return over;
    }

    private void Count(double drawn)
    {
        if (_chargers.Sum(charger => charger.IsInUse ? charger.Appetite : 0) > _limit)
        {
            (_used, _usable) = (_used + Math.Min(drawn, _limit), _usable + _limit);
        }
    }

    private void Happen(int connector)
    {
        var charger = _chargers[connector];
        ref var known = ref _known[connector];
        var isThere = known.IsReachable;
        if (connector % 5 == 4 && _random.Next(isThere ? 600 : 30) == 0)
        {
            known = isThere ? known.Disconnected() : known.Connected();
            _under[connector].Clear();
            return;
        }

        if (isThere && _random.Next(charger.IsInUse ? 1_800 : 120) == 0)
        {
            Turn(connector);
        }

        Answer(connector);
        if (known.IsReachable && charger.IsInUse && _now.ToUnixTimeSeconds() % 10 == connector)
        {
            known = known.Measured(charger.Draw(_now), _now, _policy);
        }
    }

    private void Turn(int connector)
    {
        var charger = _chargers[connector];
        if (charger.IsInUse)
        {
            charger.Stop();
            _known[connector] = _known[connector].Ended(_now, _policy);
            _sequence[connector]++;
            _endedAt[connector] = _now;
        }
        else if (_now - _endedAt[connector] >= _change)
        {
            charger.Start(charger.IsLiar ? 32 : _random.Next(10, 33), _now);
            _known[connector] = _known[connector].Started(_now);
            StartsOfLiars += charger.IsLiar ? 1 : 0;
        }
    }

    private void Answer(int connector)
    {
        foreach (var message in _under[connector].Where(message => message.At <= _now).ToArray())
        {
            _under[connector].Remove(message);
            var isLost = message.Fate == 0;
            var taken = !isLost && message.Fate is not (1 or 2) && _chargers[connector].Take(message.Limit, message.ForTransaction, _now);
            if (message.Number != _sequence[connector])
            {
                continue;
            }

            var known = _known[connector];
            _known[connector] = isLost || message.Fate == 3 ? known.Unanswered() : taken ? known.Accepted(_now, _policy) : known.Refused(_now);
        }
    }

    private void Decide()
    {
        double[] limits = [_limit, _limit, _limit, double.PositiveInfinity];
        var decision = _controller.Decide(limits, _known, new AllocationPolicy(), _policy, _now);
        Withheld += decision.Withheld >= 0 ? 1 : 0;
        foreach (var change in decision.Changes)
        {
            _known[change.Connector] = _known[change.Connector].Sending(change.Limit, _now, _policy);
            var fate = _random.Next(100);
            var after = fate is 0 or 3 ? _timeout : TimeSpan.FromSeconds(_random.Next(3));
            _under[change.Connector].Add(
                new Message(_now + after, change.Limit, _chargers[change.Connector].IsInUse, fate, ++_sequence[change.Connector]));
        }
    }

    /// <param name="Fate">Of 100: 0 is lost, 1 and 2 are refused, the answer to 3 is lost; all others are taken.</param>
    private sealed record Message(DateTimeOffset At, double Limit, bool ForTransaction, int Fate, int Number);
}
