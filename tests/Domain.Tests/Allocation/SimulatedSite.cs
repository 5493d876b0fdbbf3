using EvCharge.Domain.Allocation;

namespace EvCharge.DomainTests.Allocation;

/// <summary>Connectors of 32 A, second by second: sessions come and go, the limit is cut to half now and then, and chargers are as they are.</summary>
internal sealed class SimulatedSite
{
    private const int SecondsBetweenSamples = 10;
    private static readonly LimitTree _tree = new([new LimitNode("site", -1)], 230);

    /// <summary>As a charger is given by default to answer a limit.</summary>
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(5);

    /// <summary>No vehicle leaves and another one begins in less: what a paused one left to others comes back to its connector.</summary>
    private static readonly TimeSpan _change = TimeSpan.FromSeconds(30);

    private readonly Random _random;
    private readonly ControlPolicy _policy;
    private readonly SiteController _controller = new(_tree);
    private readonly SimulatedConnector[] _chargers;
    private readonly ConnectorControl[] _known;
    private readonly List<Message>[] _under;
    private readonly int[] _sequence;
    private readonly DateTimeOffset[] _endedAt;
    private readonly SimulatedSiteOptions _options;
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;
    private double _limit;
    private double _used;
    private double _usable;

    public SimulatedSite(int seed, ControlPolicy policy, SimulatedSiteOptions options)
    {
        _random = new Random(seed);
        _policy = policy;
        _options = options;
        _limit = options.Full;
        _chargers = [.. options.Kinds.Select(kind => new SimulatedConnector(kind))];
        _known = [.. options.Kinds.Select((_, number) => new ConnectorControl(new ConnectorSettings { Id = number, Node = 0 }))];
        _under = [.. options.Kinds.Select(_ => new List<Message>())];
        _sequence = new int[_chargers.Length];
        _endedAt = new DateTimeOffset[_chargers.Length];
    }

    /// <summary>What was drawn of what could have been, while more was wanted than there was.</summary>
    public double Use => _used / _usable;

    /// <summary>How often the independent check held increases back.</summary>
    public int Withheld { get; private set; }

    public int StartsOfLiars { get; private set; }

    /// <summary>For how many of these seconds those alone drew more whom nobody can bring down: they are away, or ignore limits.</summary>
    public int BeyondReach { get; private set; }

    /// <param name="grace">After a cut, in which it may be followed.</param>
    /// <returns>For how many seconds more was drawn than the limit.</returns>
    public int Play(TimeSpan time, TimeSpan grace)
    {
        var (over, end, cutAt) = (0, _now + time, _now);
        for (var connector = 0; connector < _known.Length; connector++)
        {
            _known[connector] = _known[connector].Connected();
        }

        for (; _now < end; _now += TimeSpan.FromSeconds(1))
        {
            if (_random.Next(_options.BetweenCuts) == 0)
            {
                (_limit, cutAt) = _limit == _options.Full ? (_options.Full / 2, _now) : (_options.Full, cutAt);
            }

            for (var connector = 0; connector < _known.Length; connector++)
            {
                Happen(connector);
            }

            Decide();
            var drawn = _chargers.Sum(charger => charger.Draw(_now));
            if (drawn > _limit + 0.5 && _now - cutAt > grace)
            {
                over++;
                BeyondReach += IsBeyondReach() ? 1 : 0;
            }
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
        if (charger.Kind.AwayOnceIn > 0 && _random.Next(isThere ? charger.Kind.AwayOnceIn : charger.Kind.BackOnceIn) == 0)
        {
            known = isThere ? known.Disconnected() : known.Connected();
            _under[connector].Clear();
            return;
        }

        if (isThere && _random.Next(charger.IsInUse ? _options.Session : _options.Pause) == 0)
        {
            Turn(connector);
        }

        Answer(connector);
        if (known.IsReachable && charger.IsInUse && (_now.ToUnixTimeSeconds() - connector) % SecondsBetweenSamples == 0)
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
            var isLost = message.Fate == Fate.Lost;
            var taken = !isLost && message.Fate != Fate.Refused && _chargers[connector].Take(message.Limit, message.ForTransaction, _now);
            if (message.Number != _sequence[connector])
            {
                continue;
            }

            var known = _known[connector];
            _known[connector] = isLost || message.Fate == Fate.Unanswered ? known.Unanswered() : taken ? known.Accepted(_now, _policy) : known.Refused(_now);
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
            var fate = _chargers[change.Connector].Kind.FateOf(_random.Next(100));
            var after = fate is Fate.Lost or Fate.Unanswered ? _timeout : TimeSpan.FromSeconds(_random.Next(3));
            _under[change.Connector].Add(
                new Message(_now + after, change.Limit, _chargers[change.Connector].IsInUse, fate, ++_sequence[change.Connector]));
        }
    }

    private bool IsBeyondReach() =>
        _chargers.Where((charger, number) => !_known[number].IsReachable || charger.IsLiar).Sum(charger => charger.Draw(_now)) > _limit + 0.5;

    private sealed record Message(DateTimeOffset At, double Limit, bool ForTransaction, Fate Fate, int Number);
}
