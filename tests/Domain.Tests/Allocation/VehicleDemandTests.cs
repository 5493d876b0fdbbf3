using EvCharge.Domain.Allocation;

namespace EvCharge.DomainTests.Allocation;

/// <summary>What a vehicle is expected to use, by what it was seen to draw.</summary>
public sealed class VehicleDemandTests
{
    private const double Minimum = 6;
    private const double Most = 32;
    private static readonly DemandPolicy _policy = new();
    private static readonly DateTimeOffset _limitedAt = DateTimeOffset.UnixEpoch;

    private DateTimeOffset _now = _limitedAt + TimeSpan.FromMinutes(1);

    [Fact]
    public void It_gives_away_what_two_measurements_show_that_it_leaves()
    {
        var once = Measured(VehicleDemand.Unknown(Most), 10, limit: 32);
        Assert.Equal(Most, once.Estimate);

        Assert.Equal(11.5, Measured(once, 10, limit: 32).Estimate);
    }

    [Fact]
    public void One_measurement_that_uses_all_starts_the_count_anew()
    {
        var demand = Measured(Measured(VehicleDemand.Unknown(Most), 10, limit: 32), 32, limit: 32);

        Assert.Equal(Most, Measured(demand, 10, limit: 32).Estimate);
    }

    [Fact]
    public void It_takes_back_all_in_six_steps_as_it_uses_what_it_has()
    {
        var demand = new VehicleDemand(6);
        var steps = 0;
        while (demand.Estimate < Most)
        {
            demand = Measured(demand, demand.Estimate, limit: demand.Estimate);
            steps++;
        }

        Assert.InRange(steps, 4, 6);
    }

    [Fact]
    public void Nothing_is_concluded_while_a_new_limit_settles()
    {
        _now = _limitedAt + TimeSpan.FromSeconds(5);
        var demand = Measured(Measured(VehicleDemand.Unknown(Most), 10, limit: 32), 10, limit: 32);

        Assert.Equal(Most, demand.Estimate);
        Assert.False(Measured(Measured(demand, 0, limit: 32), 0, limit: 32).Sleeps);
    }

    [Fact]
    public void A_vehicle_that_draws_nothing_twice_sleeps_and_wakes_with_the_first_ampere()
    {
        var asleep = Measured(Measured(new VehicleDemand(10), 0, limit: 16), 0.1, limit: 16);
        Assert.True(asleep.Sleeps);

        var awake = Measured(asleep, 4, limit: 16);
        Assert.False(awake.Sleeps);
        Assert.Equal(Most, awake.Estimate);
    }

    [Fact]
    public void It_sleeps_as_soon_as_its_charger_says_so()
    {
        var asleep = new VehicleDemand(20).Suspended();
        Assert.True(asleep.Sleeps);
        Assert.True(Measured(asleep, 0, limit: 16).Sleeps);
        Assert.False(Measured(asleep, 4, limit: 16).Sleeps);
    }

    [Fact]
    public void A_paused_vehicle_is_neither_asleep_nor_modest()
    {
        var demand = new VehicleDemand(20);
        for (var measurement = 0; measurement < 5; measurement++)
        {
            demand = Measured(demand, 0, limit: 0);
        }

        Assert.False(demand.Sleeps);
        Assert.Equal(20, demand.Estimate);
    }

    [Fact]
    public void What_it_gives_away_leaves_it_its_minimum()
    {
        var demand = Measured(Measured(VehicleDemand.Unknown(Most), 1, limit: 32), 1, limit: 32);

        Assert.Equal(Minimum, demand.Estimate);
    }

    [Fact]
    public void Old_measurements_take_nothing_away()
    {
        var demand = Measured(Measured(VehicleDemand.Unknown(Most), 10, limit: 32), 10, limit: 32);

        Assert.Equal(11.5, demand.At(_now, Most, _policy));
        Assert.Equal(Most, demand.At(_now + TimeSpan.FromSeconds(121), Most, _policy));
        Assert.Equal(Most, new VehicleDemand(11.5).At(_now, Most, _policy));
    }

    private VehicleDemand Measured(VehicleDemand demand, double current, double limit) =>
        demand.Measured(current, _now, limit, _limitedAt, Minimum, Most, _policy);
}
