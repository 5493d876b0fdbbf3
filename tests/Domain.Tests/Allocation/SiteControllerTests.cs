using EvCharge.Domain.Allocation;

namespace EvCharge.DomainTests.Allocation;

/// <summary>Sites through hours of sessions, cuts of the limit, lost and refused messages, and chargers that lie.</summary>
public sealed class SiteControllerTests
{
    private static readonly bool LongRun = Environment.GetEnvironmentVariable("EVCHARGE_LONG_RUN") is not null;
    private static readonly TimeSpan _time = TimeSpan.FromHours(LongRun ? 24 : 3);

    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(25);

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(26)]
    [InlineData(27)]
    [InlineData(28)]
    public void Nothing_is_drawn_above_the_limit_by_chargers_that_obey(int seed)
    {
        var site = new SimulatedSite(seed, new ControlPolicy(), SimulatedSiteOptions.Ten());

        var over = site.Play(_time, _grace);

        Assert.Equal(0, over);
        Assert.True(site.Use > 0.6, $"{site.Use:0.00} of what could be used");
        Assert.Equal(0, site.Withheld);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public void A_charger_that_ignores_its_limits_is_made_room_for(int seed)
    {
        var policy = new ControlPolicy { Trust = new TrustPolicy { Strict = true } };
        var site = new SimulatedSite(seed, policy, SimulatedSiteOptions.Ten(SimulatedConnector.Ignores));

        // Before it was caught once nobody knows, and it may draw all it can from the start of a vehicle until that is measured.
        Assert.InRange(site.Play(_time, _grace), 0, 60);
        Assert.True(site.Use > 0.5, $"{site.Use:P0} were used");
    }

    [Theory]
    [InlineData(51)]
    [InlineData(52)]
    [InlineData(53)]
    [InlineData(54)]
    [InlineData(55)]
    [InlineData(56)]
    [InlineData(57)]
    [InlineData(58)]
    public void Where_nobody_is_believed_at_first_cheaters_and_faults_cost_a_minute_a_day_at_most(int seed)
    {
        var time = LongRun ? _time : TimeSpan.FromHours(1);
        var site = new SimulatedSite(seed, new ControlPolicy { Trust = new TrustPolicy { Strict = true } }, SimulatedSiteOptions.Hundred);

        var over = site.Play(time, TimeSpan.FromSeconds(15)) - site.BeyondReach;

        Assert.True(over <= 60 * time.TotalDays, $"{over} s over within reach, {site.BeyondReach} s beyond it, {site.Use:P0} were used");
        Assert.True(site.Use > 0.5, $"{site.Use:P0} were used");
        Assert.Equal(0, site.Withheld);
    }

    [Fact]
    public void Once_believed_it_is_over_the_limit_no_longer_than_until_it_is_measured_twice()
    {
        var site = new SimulatedSite(41, new ControlPolicy(), SimulatedSiteOptions.Ten(SimulatedConnector.Ignores));

        Assert.InRange(site.Play(_time, _grace), 0, 60 * site.StartsOfLiars);
    }
}
