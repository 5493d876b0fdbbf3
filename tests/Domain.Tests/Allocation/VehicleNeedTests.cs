using EvCharge.Domain.Allocation;
using EvCharge.Domain.Allocation.Sites;

namespace EvCharge.DomainTests.Allocation;

public sealed class VehicleNeedTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.FromHours(2));

    [Theory]
    [InlineData(32, 2, 1)] // 16 A until then: as one of which nobody knows.
    [InlineData(64, 2, 2)]
    [InlineData(320, 2, 4)] // Not more than that, however urgent.
    [InlineData(0.5, 10, 1 / 32.0)]
    [InlineData(4, 0.1, 1)] // In the last quarter of an hour nothing becomes more urgent.
    [InlineData(0, 2, 1 / 32.0)]
    [InlineData(-5, 2, 1 / 32.0)]
    [InlineData(20, -1, 1)] // It should have left: what was said is wrong.
    public void The_share_follows_from_the_current_that_is_needed_to_be_ready_in_time(double missing, double hours, double weight)
    {
        Assert.Equal(weight, new VehicleNeed(null, Now.AddHours(hours), missing).WeightAt(Now), 6);
    }

    [Fact]
    public void Who_says_half_of_it_is_as_one_who_says_nothing_until_it_has_got_what_it_wanted()
    {
        Assert.Equal(1, VehicleNeed.Unknown.WeightAt(Now));
        Assert.Equal(1, new VehicleNeed(null, Now.AddHours(2), null).WeightAt(Now));
        Assert.Equal(1, new VehicleNeed(null, null, 50).WeightAt(Now));
        Assert.Equal(1 / 32.0, new VehicleNeed(null, null, 0).WeightAt(Now));
    }

    [Fact]
    public void What_was_said_of_a_transaction_goes_over_what_its_tag_says()
    {
        var tag = SessionNeeds.OfTag(7, new TimeOnly(17, 30), 20_000, Now);

        Assert.Equal(new SessionNeeds(null, 7, new DateTimeOffset(2026, 5, 4, 17, 30, 0, Now.Offset), 20_000), tag);
        Assert.Equal(tag with { Priority = 2, EnergyWh = 5_000 }, new SessionNeeds(Priority: 2, EnergyWh: 5_000).Over(tag));
    }

    [Fact]
    public void The_time_of_day_of_a_tag_is_the_next_one()
    {
        Assert.Equal(new DateTimeOffset(2026, 5, 5, 7, 0, 0, Now.Offset), SessionNeeds.OfTag(null, new TimeOnly(7, 0), null, Now).Departure);
    }

    [Theory]
    [InlineData(null, 7, 7)]
    [InlineData(null, 3, null)] // The connector's is higher.
    [InlineData(2, 7, 2)]
    public void The_priority_is_what_was_said_of_the_transaction_else_the_higher_of_tag_and_connector(int? said, int? tag, int? priority)
    {
        Assert.Equal(priority, new SessionNeeds(said, tag).Need(connector: 5, deliveredWh: 0, wattsPerAmpere: 690).Priority);
    }

    [Fact]
    public void What_is_missing_is_what_was_wanted_without_what_it_got_on_each_phase()
    {
        Assert.Equal(10, new SessionNeeds(EnergyWh: 10_000).Need(5, deliveredWh: 3_100, wattsPerAmpere: 690).Missing!.Value, 6);
    }
}
