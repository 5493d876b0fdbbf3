using System.Globalization;
using EvCharge.Domain.Models;
using EvCharge.Grains.Models;
using EvCharge.Ocpp;
using NodaTime;

namespace EvCharge.GrainsTests.Models;

[Trait("pain", "strict-parsing")]
public sealed class MessageQuirksTests
{
    private static readonly MessageQuirks Berlin = new(DateTimeZoneProviders.Tzdb["Europe/Berlin"], new MeterDefaults());

    [Theory]
    [InlineData("2023-10-19T15:28:07Z", "2023-10-19T13:28:07Z")]
    [InlineData("2023-12-19T15:28:07Z", "2023-12-19T14:28:07Z")]
    [InlineData("2023-10-29T02:30:00Z", "2023-10-29T00:30:00Z")] // twice that night: the first counts
    [InlineData("2023-03-26T02:30:00Z", "2023-03-26T01:30:00Z")] // not at all that night
    public void A_stamp_without_a_zone_is_read_in_that_of_the_charger(string asUtc, string moment) =>
        Assert.Equal(Moment(moment), Berlin.MomentOf(new OcppTimestamp("raw", Moment(asUtc), Floating: true)));

    [Fact]
    public void A_stamp_with_a_zone_is_what_it_says()
    {
        var at = Moment("2023-10-19T15:28:07Z");
        Assert.Equal(at, Berlin.MomentOf(new OcppTimestamp("raw", at)));
        Assert.Null(Berlin.MomentOf(OcppTimestamp.Absent));
        Assert.Equal(at, MessageQuirks.Plain.MomentOf(new OcppTimestamp("raw", at, Floating: true)));
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
