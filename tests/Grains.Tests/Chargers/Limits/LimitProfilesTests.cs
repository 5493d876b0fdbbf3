using EvCharge.Domain.Allocation.Sites;
using EvCharge.Domain.ChargingProfiles;
using EvCharge.Domain.Models;
using EvCharge.Grains.Chargers.Limits;

namespace EvCharge.GrainsTests.Chargers.Limits;

public sealed class LimitProfilesTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly LimitOrder Order = new(1, 1, 1, "CP", 2, 77, 12.34, 12.34 * 690, Now.AddMinutes(1), 3, false);

    [Fact]
    public void A_transaction_gets_a_profile_of_its_own_that_holds_at_once_and_ends_by_itself()
    {
        var (id, connector, profile) = LimitProfiles.Of(Order, new ChargingMode(), ProfileKeys.Unknown, Now);

        Assert.Equal((102, 2, ProfilePurpose.Tx, ProfileKind.Absolute, 1), (id, connector, profile.Purpose, profile.Kind, profile.StackLevel));
        Assert.Equal((Now.AddMinutes(-1), Now.AddMinutes(-1), 86_400), (profile.ValidFrom, profile.Schedule.Start, profile.Schedule.Duration));
        Assert.Equal(Now.AddMinutes(-1).AddDays(1), profile.ValidTo);
        Assert.Equal(("A", 12.3), (profile.Schedule.Unit, Assert.Single(profile.Schedule.Periods).Limit));
    }

    [Fact]
    public void The_next_vehicle_starts_under_a_default_without_end()
    {
        var (id, _, profile) = LimitProfiles.Of(Order with { Transaction = null }, new ChargingMode(), ProfileKeys.Unknown, Now);

        Assert.Equal((302, ProfilePurpose.TxDefault, ProfileKind.Relative, 0), (id, profile.Purpose, profile.Kind, profile.StackLevel));
        Assert.Null(profile.ValidFrom ?? profile.ValidTo ?? profile.Schedule.Start);
        Assert.Null(profile.Schedule.Duration);
    }

    [Theory]
    [InlineData("TxDefaultProfile", 2)]
    [InlineData("ChargePointMaxProfile", 0)]
    public void A_charger_of_one_profile_gets_its_limits_in_that(string purpose, int connector)
    {
        var mode = new ChargingMode(Purpose: purpose);

        foreach (var order in (LimitOrder[])[Order, Order with { Transaction = null }])
        {
            var set = LimitProfiles.Of(order, mode, ProfileKeys.Unknown, Now);
            Assert.Equal((302, connector, purpose, ProfileKind.Absolute), (set.Id, set.Connector, set.Profile.Purpose, set.Profile.Kind));
            Assert.Null(set.Profile.ValidTo);
        }
        Assert.True(LimitProfiles.TraitsOf(mode, ProfileKeys.Unknown).OneProfile);
    }

    [Theory]
    [InlineData(null, null, "A", 12.3)]
    [InlineData(null, "Current,Power", "A", 12.3)]
    [InlineData(null, "power", "W", 8514.6)]
    [InlineData("W", "Current", "W", 8514.6)] // What the model's file says was found out by somebody.
    [InlineData(null, "amperes", "A", 12.3)]
    public void The_unit_is_that_of_the_model_or_the_one_that_the_charger_takes(string? model, string? keys, string unit, double limit)
    {
        var schedule = LimitProfiles.Of(Order, new ChargingMode(Unit: model), new ProfileKeys(keys), Now).Profile.Schedule;

        Assert.Equal((unit, limit), (schedule.Unit, schedule.Periods[0].Limit));
    }

    [Fact]
    public void A_limit_may_count_the_phases_together_and_a_DC_charger_knows_power_only()
    {
        Assert.Equal(37, Limit(Order, new ChargingMode(Current: "total")));
        Assert.Equal(8514.6, Limit(Order with { IsDc = true }, new ChargingMode(Unit: "A")));
    }

    [Theory]
    [InlineData(null, null, 1)]
    [InlineData(null, 0, 0)]
    [InlineData(8, null, 8)]
    [InlineData(8, 3, 3)]
    public void The_stack_level_is_one_that_the_charger_has(int? model, int? highest, int level) => Assert.Equal(
        level, LimitProfiles.Of(Order, new ChargingMode(StackLevel: model), new ProfileKeys(HighestLevel: highest), Now).Profile.StackLevel);

    private static double Limit(LimitOrder order, ChargingMode mode) =>
        LimitProfiles.Of(order, mode, ProfileKeys.Unknown, Now).Profile.Schedule.Periods[0].Limit;
}
