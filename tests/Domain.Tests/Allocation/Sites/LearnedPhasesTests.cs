using EvCharge.Domain.Allocation.Limits;
using EvCharge.Domain.Allocation.Sites;

namespace EvCharge.DomainTests.Allocation.Sites;

/// <summary>Vehicles on one phase at chargers of three take what is free on theirs.</summary>
public sealed class LearnedPhasesTests
{
    private static readonly SharingSettings Quick = new(
        Enabled: true, IncreaseIntervalSeconds: 0, MinOnSeconds: 0, MinOffSeconds: 0, SettleSeconds: 5, DeadBand: 0.5, Hysteresis: 0, LaunchEnergy: 0);

    private readonly Dictionary<string, double> _held = [];
    private readonly Guid _activation = Guid.NewGuid();
    private DateTimeOffset _now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private long _images;

    [Theory]
    [InlineData("RST", "STR", "A", 20, 20)]
    [InlineData("RST", "RTS", "A", 10, 10)] // Both on L1.
    [InlineData("RST", null, "A", 10, 10)] // On any.
    [InlineData("RST", "STR", "W", 10, 10)] // A limit in W is spread over three phases, whatever the vehicle uses.
    public void Each_gets_what_its_phase_leaves(string one, string? other, string unit, double first, double second)
    {
        var control = Control(one, other);

        Pass(control, seconds: 30, unit, all: false);
        Assert.Equal((10.0, 10.0), (Math.Round(_held["A"], 1), Math.Round(_held["B"], 1)));
        Pass(control, seconds: 90, unit, all: false);

        Assert.Equal((first, second), (Math.Round(_held["A"], 1), Math.Round(_held["B"], 1)));
    }

    [Fact]
    public void Who_takes_to_the_other_phases_is_made_room_for_at_once()
    {
        var control = Control("RST", "STR");
        Pass(control, seconds: 120, "A", all: false);
        Assert.Equal((20.0, 20.0), (_held["A"], _held["B"]));

        Assert.True(Report(control, "B", "A", all: true));
        Pass(control, seconds: 1, "A", all: true);

        Assert.Equal((10.0, 10.0), (Math.Round(_held["A"], 1), Math.Round(_held["B"], 1)));
    }

    [Fact]
    public void The_next_vehicle_may_use_all_of_them()
    {
        var control = Control("RST", "STR");
        Pass(control, seconds: 120, "A", all: false);

        Report(control, "B", "A", all: false, transaction: 9);
        Pass(control, seconds: 1, "A", all: false, transaction: 9);

        Assert.Equal(10, _held["A"], 1);
    }

    [Fact]
    public void A_power_that_its_currents_do_not_make_teaches_nothing()
    {
        var control = Control("RST", "STR");
        Pass(control, seconds: 120, "A", all: false, power: 13_800);

        Assert.Equal((10.0, 10.0), (Math.Round(_held["A"], 1), Math.Round(_held["B"], 1)));
    }

    private static SiteControl Control(string one, string? other) => new(
        SiteLayout.Of("S", inWatts: false, launch: 0, new TreeSettings(Margin: 0),
        [
            new ChargerEnergy("A", new EnergySettings(Rotation: one), null, new Dictionary<int, EnergySettings> { [1] = new() }),
            new ChargerEnergy("B", new EnergySettings(Rotation: other), null, new Dictionary<int, EnergySettings> { [1] = new() }),
        ]),
        Quick, new OrderTimes(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)), epoch: 1);

    private void Pass(SiteControl control, int seconds, string unit, bool all, double? power = null, long transaction = 5)
    {
        for (var second = 0; second < seconds; second++)
        {
            _now = _now.AddSeconds(1);
            if (second % 10 == 0)
            {
                Report(control, "A", unit, all: false, power);
                Report(control, "B", unit, all, power, transaction);
            }
            foreach (var order in control.Step(new NodeLimit { Static = 20 }, _now).Orders)
            {
                _held[order.Charger] = order.Current;
                control.End(order.Charger, order.Number, LimitOutcome.Accepted, _now);
            }
        }
    }

    private bool Report(SiteControl control, string charger, string unit, bool all, double? power = null, long transaction = 5)
    {
        var drawn = _held.GetValueOrDefault(charger);
        return control.Report(
            new ChargerImage(
                charger, ++_images, true, 1, LimitTraits.Plain with { Unit = unit },
                [new ConnectorImage(1, transaction, "Charging", drawn, power, _now, null, 0, [drawn, all ? drawn : 0, all ? drawn : 0])], _activation),
            _now);
    }
}
