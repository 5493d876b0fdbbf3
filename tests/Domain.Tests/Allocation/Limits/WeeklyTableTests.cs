using System.Globalization;
using EvCharge.Domain.Allocation.Limits;

namespace EvCharge.DomainTests.Allocation.Limits;

/// <summary>A limit by the time of the week.</summary>
public sealed class WeeklyTableTests
{
    private readonly WeeklyTable _table = new(
    [
        new WeeklyEntry(DayOfWeek.Friday, new TimeOnly(18, 0), null),
        new WeeklyEntry(DayOfWeek.Monday, new TimeOnly(6, 30), 100),
        new WeeklyEntry(DayOfWeek.Monday, new TimeOnly(18, 0), 200),
    ]);

    [Theory]
    [InlineData("2026-03-02T06:29:59+01:00", null)]
    [InlineData("2026-03-02T06:30:00+01:00", 100.0)]
    [InlineData("2026-03-02T17:59:59+01:00", 100.0)]
    [InlineData("2026-03-02T18:00:00+01:00", 200.0)]
    [InlineData("2026-03-06T17:59:59+01:00", 200.0)]
    [InlineData("2026-03-06T18:00:00+01:00", null)]
    [InlineData("2026-03-08T12:00:00+01:00", null)]
    public void An_entry_holds_until_the_next_and_the_last_into_the_next_week(string local, double? value) =>
        Assert.Equal(value, _table.At(Parse(local)));

    [Theory]
    [InlineData("2026-03-29T01:59:00+01:00", 10.0)]
    [InlineData("2026-03-29T03:00:00+02:00", 30.0)]
    [InlineData("2026-10-25T02:30:00+02:00", 20.0)]
    [InlineData("2026-10-25T02:30:00+01:00", 20.0)]
    [InlineData("2026-10-25T03:00:00+01:00", 30.0)]
    public void It_follows_the_clock_on_the_wall_when_it_is_changed(string local, double value)
    {
        var limit = new NodeLimit
        {
            Schedule = new WeeklyTable(
            [
                new WeeklyEntry(DayOfWeek.Sunday, new TimeOnly(0, 0), 10),
                new WeeklyEntry(DayOfWeek.Sunday, new TimeOnly(2, 0), 20),
                new WeeklyEntry(DayOfWeek.Sunday, new TimeOnly(3, 0), 30),
            ]),
        };

        Assert.Equal((value, LimitOrigin.Schedule), limit.At(Parse(local)));
    }

    [Fact]
    public void A_table_that_says_nothing_or_two_things_is_refused()
    {
        var monday = new WeeklyEntry(DayOfWeek.Monday, TimeOnly.MinValue, 10);

        Assert.Throws<ArgumentException>(() => new WeeklyTable([]));
        Assert.Throws<ArgumentException>(() => new WeeklyTable([monday, monday with { Value = 20 }]));
        Assert.Throws<ArgumentException>(() => new WeeklyTable([monday with { Value = -1 }]));
        Assert.Throws<ArgumentException>(() => new WeeklyTable([monday with { Value = double.NaN }]));
    }

    private static DateTimeOffset Parse(string local) => DateTimeOffset.Parse(local, CultureInfo.InvariantCulture);
}
