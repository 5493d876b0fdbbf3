using EvCharge.Domain.Alarms;

namespace EvCharge.DomainTests.Alarms;

public sealed class AlarmTests
{
    [Fact]
    public void Levels_are_a_set_of_thirty()
    {
        var some = AlarmLevels.Of([29, 0, 14, 14]);

        Assert.Equal([0, 14, 29], some.Levels);
        Assert.True(some.Contains(29) && !some.Contains(1) && !some.Contains(30) && !some.Contains(-1));
        Assert.Equal(3, some.Count);
        Assert.Equal(30, AlarmLevels.All.Count);
        Assert.Equal(Enumerable.Range(0, 15), AlarmLevels.UpTo(14).Levels);
        Assert.True(some.IsWithin(AlarmLevels.All) && AlarmLevels.None.IsWithin(some) && !some.IsWithin(AlarmLevels.UpTo(14)));
        Assert.Throws<ArgumentOutOfRangeException>(() => AlarmLevels.Of([30]));
        Assert.Throws<ArgumentOutOfRangeException>(() => AlarmLevels.Of([-1]));
    }

    [Fact]
    public void Rights_are_within_others_map_by_map()
    {
        Assert.True(AlarmRights.Seeing.IsWithin(AlarmRights.Working) && AlarmRights.Working.IsWithin(AlarmRights.All));
        Assert.False(AlarmRights.All.IsWithin(AlarmRights.Working));
        foreach (var more in (AlarmRights[])[
            AlarmRights.Seeing with { Acknowledge = AlarmLevels.UpTo(0) }, AlarmRights.Seeing with { Mask = AlarmLevels.UpTo(0) }, AlarmRights.Seeing with { Maintenance = AlarmLevels.UpTo(0) }])
        {
            Assert.False(more.IsWithin(AlarmRights.Seeing));
        }
    }

    [Theory]
    [InlineData("security-event", "TamperDetectionActivated", "charger.security.tamper")]
    [InlineData("security-event", "tamperdetectionactivated", "charger.security.other")]
    [InlineData("security-event", "OfTheMakersOwn", "charger.security.other")]
    [InlineData("security-event", null, "charger.security.other")]
    [InlineData("charger-refused", null, "charger.login-refused")]
    [InlineData("charger-refused", "anything", "charger.login-refused")]
    [InlineData("superseded", null, null)]
    public void An_event_raises_the_alarm_of_its_kind_and_subject(string kind, string? subject, string? raised) =>
        Assert.Equal(raised, AlarmDefinitions.Raised(kind, subject)?.Id);

    [Fact]
    public void Definitions_have_names_of_their_own_and_levels_that_there_are()
    {
        Assert.Equal(AlarmDefinitions.All.Count, AlarmDefinitions.All.Select(one => one.Id).Distinct().Count());
        Assert.All(AlarmDefinitions.All, one =>
        {
            Assert.Matches("^(charger|tenant)[.]([a-z-]+[.])?[a-z-]+$", one.Id);
            Assert.InRange(one.Level, 5, AlarmLevels.Highest);
            Assert.Same(one, AlarmDefinitions.Find(one.Id));
        });
        Assert.Null(AlarmDefinitions.Find("none"));
        Assert.Null(AlarmDefinitions.Find(null));
    }
}
