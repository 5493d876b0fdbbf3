using EvCharge.Domain.Allocation.Limits;
using EvCharge.Domain.Allocation.Sites;

namespace EvCharge.DomainTests.Allocation.Sites;

/// <summary>A charger of two connectors of which one at a time charges.</summary>
public sealed class ExclusiveChargerTests
{
    private static readonly SharingSettings Quick = new(
        Enabled: true, IncreaseIntervalSeconds: 0, MinOnSeconds: 0, MinOffSeconds: 0, SlotSeconds: 60, SettleSeconds: 5);

    private readonly SiteControl _control = new(
        SiteLayout.Of("S", inWatts: false, launch: null, new TreeSettings(Margin: 0),
        [
            new ChargerEnergy("A", new EnergySettings(MaxCurrent: 32), "Exclusive", new Dictionary<int, EnergySettings> { [1] = new(MaxCurrent: 12), [2] = new(MaxCurrent: 12) }),
        ]),
        Quick, new OrderTimes(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)), epoch: 1);

    private readonly long?[] _transactions = new long?[2];
    private readonly double[] _held = new double[2];
    private readonly Guid _activation = Guid.NewGuid();
    private DateTimeOffset _now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private long _images;

    [Fact]
    public void Nothing_is_kept_for_a_start_beside_the_vehicle_that_charges()
    {
        Come();
        Assert.Equal([6, 6], _held);

        Start(1, transaction: 5);
        Pass(seconds: 30);

        Assert.Equal([12, 0], _held);
        Stop(1);
        Pass(seconds: 30);
        Assert.Equal([6, 6], _held);
    }

    [Fact]
    public void The_next_vehicle_waits_for_its_turn_and_the_first_for_the_end_of_that()
    {
        Come();
        Start(1, transaction: 5);
        Pass(seconds: 30);
        Start(2, transaction: 6);

        Pass(seconds: 20);
        Assert.Equal([12, 0], _held);
        Pass(seconds: 60);
        Assert.Equal([0, 12], _held);
        Pass(seconds: 70);
        Assert.Equal([12, 0], _held);
    }

    [Fact]
    public void One_that_is_full_makes_room_at_once()
    {
        Come();
        Start(1, transaction: 5);
        Pass(seconds: 30);
        Start(2, transaction: 6);

        Report(status: "SuspendedEV");
        Pass(seconds: 15);

        Assert.Equal([0, 12], _held);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Never_may_two_vehicles_charge_at_once_whatever_becomes_of_limits(int seed)
    {
        var random = new Random(seed);
        Come();
        for (var second = 0; second < 20_000; second++)
        {
            if (random.Next(100) == 0)
            {
                var connector = random.Next(1, 3);
                if (_transactions[connector - 1] is null)
                {
                    Start(connector, second + 1);
                }
                else
                {
                    Stop(connector);
                }
            }
            Pass(seconds: 1, random);

            // A vehicle that has just come may start on the default profile: the charger itself has but one for two.
            Assert.False(_transactions.All(transaction => transaction is not null) && _held.All(limit => limit > 6), $"second {second}");
        }
    }

    private void Come()
    {
        Report();
        Pass(seconds: 30);
    }

    private void Start(int connector, long transaction)
    {
        _transactions[connector - 1] = transaction;
        Report();
    }

    private void Stop(int connector)
    {
        _transactions[connector - 1] = null;
        _held[connector - 1] = 6;
        Report();
    }

    private void Report(string status = "Charging") => _control.Report(
        new ChargerImage(
            "A", ++_images, true, 1, LimitTraits.Plain,
            [.. _transactions.Select((open, place) => new ConnectorImage(
                place + 1, open, open is null ? "Available" : place == 0 ? status : "Charging", null, null, null))],
            _activation),
        _now);

    /// <summary>Second by second; the charger does what it is told, or with chances refuses it or does not answer.</summary>
    private void Pass(int seconds, Random? chances = null)
    {
        for (var second = 0; second < seconds; second++)
        {
            _now = _now.AddSeconds(1);
            foreach (var order in _control.Step(new NodeLimit { Static = 100 }, _now).Orders)
            {
                var outcome = chances?.Next(10) switch { 0 => LimitOutcome.Refused, 1 => LimitOutcome.Unanswered, _ => LimitOutcome.Accepted };
                if (outcome != LimitOutcome.Refused)
                {
                    _held[order.Connector - 1] = order.Current;
                }
                _control.End(order.Charger, order.Number, outcome, _now);
            }
        }
    }
}
