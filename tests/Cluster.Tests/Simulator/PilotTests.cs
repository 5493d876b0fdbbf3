using EvCharge.ChargerSimulator.Vehicles;
using Microsoft.Extensions.Time.Testing;

namespace EvCharge.ClusterTests.Simulator;

public sealed class PilotTests
{
    private readonly FakeTimeProvider _clock = new();
    private double? _limit = 10;

    [Fact]
    public void A_limit_is_followed_after_the_lag_and_the_first_one_at_once()
    {
        var pilot = Pilot();
        Assert.Equal(10, pilot.Read());

        _limit = 6;
        Assert.Equal(10, pilot.Read());
        _clock.Advance(TimeSpan.FromSeconds(1));
        _limit = null;
        Assert.Equal(10, pilot.Read());
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(6, pilot.Read());
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(32, pilot.Read());
    }

    [Fact]
    public void The_next_vehicle_is_offered_what_holds_when_it_begins()
    {
        var pilot = Pilot();
        pilot.Read();
        _limit = 20;
        pilot.Read();

        pilot.Begin();

        Assert.Equal(20, pilot.Read());
    }

    [Fact]
    public void Some_draw_too_much_and_some_do_not_care()
    {
        Assert.Equal(10.6, new Pilot(() => _limit, 32, TimeSpan.Zero, _clock) { Excess = 1.06 }.Read(), 6);
        Assert.Equal(32, new Pilot(() => _limit, 32, TimeSpan.Zero, _clock) { IgnoresLimits = true }.Read());
    }

    private Pilot Pilot() => new(() => _limit, 32, TimeSpan.FromSeconds(2), _clock);
}
