using EvCharge.Domain.Sessions;
using EvCharge.DomainTests.Sessions;

namespace EvCharge.DomainTests.Simulation;

/// <summary>
/// A charger with one connector, a link that loses messages and answers, and a process that is killed and reads its state from the record
/// again. All that happens follows from the seed. The link is a WebSocket's: what comes does so in order, once for each time that it was sent.
/// </summary>
internal sealed class LossyWorld
{
    private static readonly DateTimeOffset ClockNeverSet = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _chance;
    private readonly Session _server = new();
    private readonly Queue<Action> _outbox = [];
    private readonly List<Charge> _ledger = [];
    private readonly bool _knowsTheTime;
    private readonly double _loss;
    private double _register;
    private int _messages;

    public LossyWorld(int seed)
    {
        _chance = new Random(seed);
        _knowsTheTime = _chance.Next(4) > 0;
        _loss = _chance.NextDouble() * 0.6;
    }

    /// <summary>What the driver saw at the charger: what the record must say in the end.</summary>
    private sealed record Charge(string Tag, double MeterStart, DateTimeOffset StartedAt)
    {
        public double MeterStop { get; set; }

        public DateTimeOffset StoppedAt { get; set; }

        public Transaction? Known { get; set; }
    }

    /// <summary>Plays some charges, then lets the link recover and the charger say what it kept.</summary>
    public void Play()
    {
        for (var charges = _chance.Next(1, 8); charges > 0; charges--)
        {
            Charges();
            for (var turns = _chance.Next(0, 12); turns > 0; turns--)
            {
                Turn();
            }
        }

        while (_outbox.Count > 0)
        {
            Turn();
        }
    }

    public void Check()
    {
        Assert.Equal(_ledger.Count, _server.Stored.Count);
        Assert.Equal(_server.Stored.Count, _server.Stored.Select(transaction => transaction.OcppId).Distinct().Count());
        foreach (var charge in _ledger)
        {
            var stored = Assert.Single(_server.Stored, transaction => transaction.Id == charge.Known!.Id);
            Assert.Equal((charge.Tag, charge.MeterStart), (stored.IdTag.Value, stored.MeterStart));
            Assert.False(stored.Active || stored.ClosedBySystem);
            Assert.Equal((charge.MeterStop, charge.MeterStop - charge.MeterStart), (stored.MeterStop, stored.EnergyWh));
            if (_knowsTheTime)
            {
                Assert.Equal((charge.StartedAt, charge.StoppedAt), (stored.StartedAt, stored.StoppedAt));
            }
        }
    }

    /// <summary>A driver comes, charges and goes; the charger keeps what it has to say until it is answered.</summary>
    private void Charges()
    {
        Pass(TimeSpan.FromMinutes(_chance.Next(1, 600)));
        var charge = new Charge($"T{_chance.Next(3)}", _register, Clock);
        _ledger.Add(charge);
        var id = NextId();
        _outbox.Enqueue(() => charge.Known = _server.Start(_knowsTheTime && _chance.Next(2) == 0 ? NextId() : id, charge.Tag, charge.MeterStart, charge.StartedAt));
        for (var samples = _chance.Next(0, 5); samples > 0; samples--)
        {
            Pass(TimeSpan.FromMinutes(_chance.Next(1, 60)));
            _register += _chance.Next(0, 5_000);
            var (register, at) = (_register, Clock);
            _outbox.Enqueue(() => _server.Sample(register, charge.Known!.OcppId, at: at));
        }

        Pass(TimeSpan.FromMinutes(_chance.Next(1, 60)));
        _register += _chance.Next(0, 5_000);
        (charge.MeterStop, charge.StoppedAt) = (_register, Clock);
        _outbox.Enqueue(() =>
        {
            var named = _server.Stored.Single(transaction => transaction.OcppId == charge.Known!.OcppId);
            Assert.NotNull(StopMatching.Match(named.OcppId, named.IdTag, charge.MeterStop, named, []));
            _server.Stop(named, charge.MeterStop, at: charge.StoppedAt);
        });
    }

    /// <summary>The charger says what is next; it comes or not, is answered or not, and its answer comes or not.</summary>
    private void Turn()
    {
        Pass(TimeSpan.FromSeconds(_chance.Next(1, 120)));
        switch (_chance.Next(12))
        {
            case 0:
                _server.Restore();
                break;
            case 1:
                Pass(TimeSpan.FromHours(_chance.Next(1, 40)));
                _server.Tick();
                break;
            case 2:
                _server.Status(_chance.Next(2) == 0 ? ConnectorStatus.Available : "Charging");
                break;
        }

        if (!_outbox.TryPeek(out var message) || _chance.NextDouble() < _loss)
        {
            return; // it never came
        }

        message();
        if (_chance.NextDouble() < _loss)
        {
            return; // its answer never came: the charger says it again
        }

        _outbox.Dequeue();
    }

    private DateTimeOffset Clock => _knowsTheTime ? _server.Now : ClockNeverSet + (_server.Now - Session.Noon);

    private void Pass(TimeSpan time) => _server.Wait(time);

    private string NextId() => $"m{_messages++}";
}
