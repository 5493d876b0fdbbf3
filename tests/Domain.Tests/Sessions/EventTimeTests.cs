using System.Globalization;
using EvCharge.Domain.Sessions;

namespace EvCharge.DomainTests.Sessions;

public sealed class EventTimeTests
{
    private static readonly DateTimeOffset Received = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-03-01T11:00:00Z")]
    [InlineData("2015-01-01T00:00:00Z")]
    [InlineData("2026-03-02T11:59:59Z")]
    public void A_plausible_stamp_is_believed(string stamp)
    {
        var at = DateTimeOffset.Parse(stamp, CultureInfo.InvariantCulture);
        Assert.Equal(new EventTime(at, true), EventTime.Settle(at, Received));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("1970-01-01T00:00:00.740Z")]
    [InlineData("2014-12-31T23:59:59Z")]
    [InlineData("2026-03-02T12:00:01Z")]
    [InlineData("2099-01-01T00:00:00Z")]
    public void Receipt_time_stands_in_for_an_implausible_stamp(string stamp) =>
        Assert.Equal(
            new EventTime(Received, false),
            EventTime.Settle(DateTimeOffset.Parse(stamp, CultureInfo.InvariantCulture), Received));

    [Fact]
    public void Receipt_time_stands_in_for_no_stamp() =>
        Assert.Equal(new EventTime(Received, false), EventTime.Settle(null, Received));
}
