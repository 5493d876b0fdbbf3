using EvCharge.Domain.ChargingProfiles;

namespace EvCharge.DomainTests.ChargingProfiles;

public sealed class ProfileRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private static readonly ProfileContent Night = new(
        ProfilePurpose.TxDefault, ProfileKind.Recurring, ProfileRecurrency.Daily, 1, Schedule("A", (0, 16, 3), (21_600, 6.5, null)), Start, Start.AddYears(1));

    [Fact]
    public void A_profile_for_every_night_is_in_order() => Assert.Empty(ProfileRules.Faults(Night));

    [Fact]
    public void So_are_a_relative_one_and_a_limit_of_the_whole_charger()
    {
        Assert.Empty(ProfileRules.Faults(Night with
        {
            Kind = ProfileKind.Relative, Recurrency = null, Schedule = Schedule("W", (0, 11_000, null)) with { Start = null },
        }));
        Assert.Empty(ProfileRules.Faults(Night with { Purpose = ProfilePurpose.ChargePointMax, Kind = ProfileKind.Absolute, Recurrency = null }));
    }

    public static TheoryData<string, ProfileContent> Wrong => new()
    {
        { "purpose", Night with { Purpose = ProfilePurpose.Tx } },
        { "purpose", Night with { Purpose = "" } },
        { "kind", Night with { Kind = "Now", Recurrency = null } },
        { "kind", Night with { Purpose = ProfilePurpose.ChargePointMax, Kind = ProfileKind.Relative, Recurrency = null, Schedule = Night.Schedule with { Start = null } } },
        { "recurrency", Night with { Recurrency = null } },
        { "recurrency", Night with { Recurrency = "Monthly" } },
        { "recurrency", Night with { Kind = ProfileKind.Absolute } },
        { "stackLevel", Night with { StackLevel = -1 } },
        { "validTo", Night with { ValidTo = Night.ValidFrom } },
        { "schedule.unit", Night with { Schedule = Night.Schedule with { Unit = "kW" } } },
        { "schedule.start", Night with { Schedule = Night.Schedule with { Start = null } } },
        { "schedule.start", Night with { Kind = ProfileKind.Relative, Recurrency = null } },
        { "schedule.duration", Night with { Schedule = Night.Schedule with { Duration = 0 } } },
        { "schedule.minimumRate", Night with { Schedule = Night.Schedule with { MinimumRate = 6.05 } } },
        { "schedule.periods", Night with { Schedule = Schedule("A") } },
        { "schedule.periods", Night with { Schedule = Schedule("A", (1, 16, null)) } },
        { "schedule.periods", Night with { Schedule = Schedule("A", (0, 16, null), (60, 8, null), (60, 6, null)) } },
        { "schedule.periods", Night with { Schedule = Schedule("A", (0, -0.1, null)) } },
        { "schedule.periods", Night with { Schedule = Schedule("A", (0, 6.25, null)) } },
        { "schedule.periods", Night with { Schedule = Schedule("A", (0, 6, 4)) } },
        { "schedule.periods", Night with { Schedule = Schedule("A", (0, 6, 0)) } },
        { "schedule.periods", Night with { Schedule = Schedule("A", (0, 6, null), (86_400, 8, null)) } },
        { "schedule.periods", Night with { Schedule = Schedule("A", (0, 6, null), (60, 8, null)) with { Duration = 60 } } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_no_charger_could_follow_is_named(string field, ProfileContent profile) =>
        Assert.Contains(field, ProfileRules.Faults(profile).Select(fault => fault.Field));

    [Fact]
    public void No_schedule_is_longer_than_a_thousand_periods()
    {
        var periods = Enumerable.Range(0, ProfileRules.MostPeriods + 1).Select(second => (second, 6.0, (int?)null)).ToArray();

        Assert.Empty(ProfileRules.Faults(Night with { Schedule = Schedule("A", periods[1..].Select(one => (one.second - 1, one.Item2, one.Item3)).ToArray()) }));
        Assert.Single(ProfileRules.Faults(Night with { Schedule = Schedule("A", periods) }));
    }

    [Theory]
    [InlineData(ProfilePurpose.ChargePointMax, 0, true)]
    [InlineData(ProfilePurpose.ChargePointMax, 1, false)]
    [InlineData(ProfilePurpose.TxDefault, 0, true)]
    [InlineData(ProfilePurpose.TxDefault, 1, true)]
    public void The_limit_of_the_whole_charger_lies_on_no_connector(string purpose, int connector, bool fits) =>
        Assert.Equal(fits, ProfileRules.Fits(purpose, connector));

    private static ProfileSchedule Schedule(string unit, params (int Start, double Limit, int? Phases)[] periods) =>
        new(unit, [.. periods.Select(one => new ProfilePeriod(one.Start, one.Limit, one.Phases))], null, Start, null);
}
