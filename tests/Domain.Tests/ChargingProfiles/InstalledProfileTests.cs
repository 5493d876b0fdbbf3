using EvCharge.Domain.ChargingProfiles;

namespace EvCharge.DomainTests.ChargingProfiles;

public sealed class InstalledProfileTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Booted = Now.AddHours(-1);
    private static readonly ProfileContent Wanted = Limit(16);
    private static readonly InstalledProfile Asked = new(1_000) { Connector = 1, Desired = Wanted };

    [Fact]
    public void It_is_sent_until_the_charger_answers()
    {
        Assert.True(Asked.IsDue(Booted, Now) && Asked.Differs);

        var taken = Asked.Answered(1, Limit(16), ProfileOutcome.Accepted, Now);
        Assert.False(taken.IsDue(Booted, Now) || taken.Differs);
    }

    [Theory]
    [InlineData(ProfileOutcome.Rejected)]
    [InlineData(ProfileOutcome.NotSupported)]
    [InlineData(ProfileOutcome.Failed)]
    public void One_that_was_refused_is_sent_again_after_a_boot_only(string refusal)
    {
        var refused = Asked.Answered(1, Wanted, refusal, Now);

        Assert.False(refused.IsDue(Booted, Now));
        Assert.True(refused.Differs);
        Assert.True(refused.IsDue(Now.AddMinutes(1), Now.AddMinutes(2)));
    }

    [Fact]
    public void A_charger_that_booted_may_have_forgotten_it() =>
        Assert.True(Asked.Answered(1, Wanted, ProfileOutcome.Accepted, Now).IsDue(Now.AddMinutes(1), Now.AddMinutes(2)));

    [Fact]
    public void One_that_is_over_is_sent_no_more()
    {
        var over = Asked with { Desired = Wanted with { ValidTo = Now } };

        Assert.False(over.IsDue(Booted, Now));
        Assert.True(over.IsDue(Booted, Now.AddSeconds(-1)));
    }

    [Fact]
    public void What_somebody_else_sent_is_replaced_and_its_refusal_means_nothing()
    {
        var taken = Asked.Answered(1, Wanted, ProfileOutcome.Accepted, Now);

        Assert.Equal(taken, taken.Answered(1, Limit(32), ProfileOutcome.Rejected, Now.AddMinutes(1)));
        Assert.True(taken.Answered(1, Limit(32), ProfileOutcome.Accepted, Now).IsDue(Booted, Now));
        Assert.True(taken.Answered(2, Wanted, ProfileOutcome.Accepted, Now).IsDue(Booted, Now));
        Assert.True(taken.Lost(Now).IsDue(Booted, Now));
    }

    [Fact]
    public void Of_one_purpose_and_level_a_connector_holds_the_newer()
    {
        var held = Asked.Answered(1, Wanted, ProfileOutcome.Accepted, Now);

        Assert.True(held.GivesWayTo(1_001, 1, Limit(8)));
        Assert.False(held.GivesWayTo(1_000, 1, Limit(8)));
        Assert.False(held.GivesWayTo(1_001, 2, Limit(8)));
        Assert.False(held.GivesWayTo(1_001, 1, Limit(8) with { StackLevel = 1 }));
        Assert.False(held.GivesWayTo(1_001, 1, Limit(8) with { Purpose = ProfilePurpose.ChargePointMax }));
    }

    [Fact]
    public void A_filter_fits_what_fits_each_of_its_members()
    {
        var held = Asked.Answered(1, Wanted, ProfileOutcome.Accepted, Now);

        Assert.True(new ProfileFilter(null, null, null, null).Fits(held));
        Assert.True(new ProfileFilter(1_000, 9, "TxProfile", 9).Fits(held)); // With an id the rest does not count (§5.16.3).
        Assert.False(new ProfileFilter(1_001, 1, null, null).Fits(held));
        Assert.True(new ProfileFilter(null, 1, ProfilePurpose.TxDefault, 0).Fits(held));
        Assert.False(new ProfileFilter(null, 2, null, null).Fits(held));
        Assert.False(new ProfileFilter(null, null, ProfilePurpose.ChargePointMax, null).Fits(held));
        Assert.False(new ProfileFilter(null, null, null, 1).Fits(held));
    }

    private static ProfileContent Limit(double amperes) => new(
        ProfilePurpose.TxDefault, ProfileKind.Relative, null, 0,
        new ProfileSchedule("A", [new ProfilePeriod(0, amperes, null)], null, null, null), null, null);
}
