using EvCharge.Domain.Allocation.Limits;

namespace EvCharge.DomainTests.Allocation.Limits;

/// <summary>What may pass through a node, by all that limit it.</summary>
public sealed class NodeLimitTests
{
    /// <summary>A Wednesday.</summary>
    private static readonly DateTimeOffset _now = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_any_there_is_no_limit()
    {
        Assert.Equal((double.PositiveInfinity, LimitOrigin.None), NodeLimit.None.At(_now));
        Assert.Equal(double.PositiveInfinity, NodeLimit.None.Free(_now, 50));
    }

    [Theory]
    [InlineData(40, LimitOrigin.Operator)]
    [InlineData(90, LimitOrigin.External)]
    public void The_lowest_holds(double byOperator, LimitOrigin origin)
    {
        var limit = new NodeLimit
        {
            Static = 100,
            Schedule = new WeeklyTable([new WeeklyEntry(DayOfWeek.Monday, TimeOnly.MinValue, 80)]),
            External = new ExternalLimit(60, _now, _now + TimeSpan.FromHours(1), 50),
            Operator = new TemporaryLimit(byOperator, _now + TimeSpan.FromMinutes(1)),
        };

        Assert.Equal((Math.Min(byOperator, 60), origin), limit.At(_now));
    }

    [Fact]
    public void What_an_operator_set_ends_by_itself()
    {
        var limit = new NodeLimit { Static = 100, Operator = new TemporaryLimit(40, _now) };

        Assert.Equal((40, LimitOrigin.Operator), limit.At(_now - TimeSpan.FromSeconds(1)));
        Assert.Equal((100, LimitOrigin.Static), limit.At(_now));
    }

    [Fact]
    public void A_signal_that_ran_out_leaves_its_fallback()
    {
        var limit = new NodeLimit { Static = 100, External = new ExternalLimit(90, _now, _now + TimeSpan.FromMinutes(15), 30) };

        Assert.Equal((30, LimitOrigin.Fallback), limit.At(_now - TimeSpan.FromSeconds(1)));
        Assert.Equal((90, LimitOrigin.External), limit.At(_now));
        Assert.Equal((30, LimitOrigin.Fallback), limit.At(_now + TimeSpan.FromMinutes(15)));
        Assert.Equal((100, LimitOrigin.Static), (limit with { External = limit.External! with { Fallback = null } }).At(_now - TimeSpan.FromDays(1)));
    }

    [Theory]
    [InlineData(0, 99)]
    [InlineData(30, 69)]
    [InlineData(-20, 119)]
    [InlineData(200, 0)]
    public void Vehicles_may_take_what_margin_and_base_load_leave(double uncontrolled, double free) =>
        Assert.Equal(free, new NodeLimit { Static = 100 }.Free(_now, uncontrolled), 9);
}
