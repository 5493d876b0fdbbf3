using System.Collections.Immutable;
using System.Globalization;

namespace EvCharge.ChargerSimulator.Sites;

/// <summary>Looks at the meters and profiles of a site's chargers once a second.</summary>
internal sealed class SiteJudge(ImmutableArray<ChargePoint> chargers, TimeSpan grace, double limit)
{
    private const double Part = 1.01;
    private const double Current = 0.5;

    private double _limit = limit;
    private DateTimeOffset _cutAt = DateTimeOffset.MinValue;
    private bool _isFollowed = true;
    private TimeSpan _reaction;
    private double _drawn;
    private double _usable;
    private double _worst;
    private int _seconds;
    private int _over;
    private int _beyondReach;
    private int _inForceOver;
    private double _sessionSeconds;
    private readonly DateTimeOffset?[] _onlineSince = new DateTimeOffset?[chargers.Length];
    private readonly List<string> _moments = [];
    private bool _wasOver;

    public double Limit
    {
        set
        {
            if (value < _limit)
                (_cutAt, _isFollowed) = (TimeProvider.System.GetUtcNow(), false);
            _limit = value;
        }
    }

    public void Look()
    {
        var now = TimeProvider.System.GetUtcNow();
        var (phases, unreached, allowed, wanted) = (new double[3], new double[3], 0.0, 0.0);
        foreach (var charger in chargers)
        {
            var connector = charger.Connectors[0];
            var reading = connector.Meter.Read();
            var canBeTold = charger is { IsOnline: true, Options.Faults.IgnoresLimits: false };
            for (var phase = 0; phase < phases.Length; phase++)
            {
                phases[phase] += reading.Currents[phase];
                unreached[phase] += canBeTold ? 0 : reading.Currents[phase];
            }
            if (connector.Session is null)
                continue;
            _sessionSeconds++;
            wanted += charger.Options.MaxCurrent;
            allowed += Math.Min(charger.Options.MaxCurrent, charger.Profiles.LimitOf(1) ?? charger.Options.MaxCurrent);
        }
        Watch(now);
        var over = Judge(phases.Max(), unreached.Max(), allowed, wanted, now);
        if (over && !_wasOver)
            _moments.Add(Moment(now));
        _wasOver = over;
    }

    public SiteReport Report(int sessions) => new(
        _seconds, _over, _beyondReach, _worst, _inForceOver, _usable == 0 ? 0 : _drawn / _usable, sessions, _reaction,
        chargers.Sum(charger => charger.Profiles.Taken), _sessionSeconds / 3600, [.. _moments]);

    private void Watch(DateTimeOffset now)
    {
        for (var number = 0; number < chargers.Length; number++)
            _onlineSince[number] = chargers[number].IsOnline ? _onlineSince[number] ?? now : null;
    }

    /// <summary>Who draws what under which limit, and how long it has been there.</summary>
    private string Moment(DateTimeOffset now)
    {
        var drawing = chargers.Select((charger, number) => (charger, number, reading: charger.Connectors[0].Meter.Read())).Where(one => one.reading.Currents.Max() > 0);
        return string.Create(
            CultureInfo.InvariantCulture, $"{(now - _cutAt).TotalSeconds:0} s after the cut to {_limit:0} A: ")
            + string.Join(", ", drawing.Select(one => string.Create(CultureInfo.InvariantCulture,
                $"{one.number} {one.reading.Currents.Max():0.0} of {one.charger.Profiles.LimitOf(1):0.0} A {(_onlineSince[one.number] is { } since ? $"online for {(now - since).TotalSeconds:0} s" : "offline")}{(one.charger.Options.Faults.IgnoresLimits ? " ignoring" : "")}")));
    }

    /// <returns>Whether more is drawn than may be.</returns>
    private bool Judge(double drawn, double unreached, double allowed, double wanted, DateTimeOffset now)
    {
        _seconds++;
        var most = (Part * _limit) + Current;
        if (drawn <= most && !_isFollowed)
            (_isFollowed, _reaction) = (true, now - _cutAt > _reaction ? now - _cutAt : _reaction);
        if (wanted > _limit)
            (_drawn, _usable) = (_drawn + Math.Min(drawn, _limit), _usable + _limit);
        if (now - _cutAt <= grace)
            return false;
        if (drawn > most)
            (_over, _worst) = (_over + 1, Math.Max(_worst, drawn - _limit));
        _beyondReach += unreached > most ? 1 : 0;
        _inForceOver += allowed > most ? 1 : 0;
        return drawn > most;
    }
}
