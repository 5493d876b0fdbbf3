using System.Text.Json;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.Core;

namespace EvCharge.OcppTests;

public sealed class OcppTimestampTests
{
    [Theory]
    [InlineData("2024-05-06T07:08:09Z", "2024-05-06T07:08:09.000Z", null)]
    [InlineData("2024-05-06T07:08:09.1Z", "2024-05-06T07:08:09.100Z", null)]
    [InlineData("2024-05-06T07:08:09.123456789Z", "2024-05-06T07:08:09.123Z", null)]
    [InlineData("2024-05-06T07:08:09.999-03:30", "2024-05-06T10:38:09.999Z", null)]
    [InlineData("2024-05-06T07:08:09", "2024-05-06T07:08:09.000Z", DeviationRule.NoZone)]
    [InlineData("2024-05-06 07:08:09.5", "2024-05-06T07:08:09.500Z", DeviationRule.NoZone)]
    [InlineData("2024-05-06T07:08", "2024-05-06T07:08:00.000Z", DeviationRule.NoZone)]
    [InlineData("2024-05-06", "2024-05-06T00:00:00.000Z", DeviationRule.NoZone)]
    [InlineData("2024-05-06T07:08:09+02", "2024-05-06T05:08:09.000Z", DeviationRule.OddTimestamp)]
    [InlineData("2024-05-06T07:08:09+0200", "2024-05-06T05:08:09.000Z", DeviationRule.OddTimestamp)]
    [InlineData("2024-05-06t07:08:09z", "2024-05-06T07:08:09.000Z", DeviationRule.OddTimestamp)]
    [InlineData(" 2024-05-06T07:08:09Z ", "2024-05-06T07:08:09.000Z", DeviationRule.OddTimestamp)]
    [InlineData("20240506T070809Z", "2024-05-06T07:08:09.000Z", DeviationRule.OddTimestamp)]
    [InlineData("9999-12-31T23:59:59-14:00", null, DeviationRule.UnreadableTimestamp)]
    [InlineData("2024-02-30T00:00:00Z", null, DeviationRule.UnreadableTimestamp)]
    [InlineData("06/05/2024 07:08", null, DeviationRule.UnreadableTimestamp)]
    [InlineData("07:08:09", null, DeviationRule.UnreadableTimestamp)]
    [InlineData("", null, DeviationRule.UnreadableTimestamp)]
    public void A_timestamp_keeps_what_was_sent_and_says_the_moment_if_there_is_one(string raw, string? moment, string? rule)
    {
        var deviations = new DeviationList();

        var read = Payload.Read<HeartbeatResponse>(
            JsonSerializer.SerializeToUtf8Bytes(new { currentTime = raw }), deviations).CurrentTime;

        Assert.Equal(raw, read.Raw);
        Assert.Equal(moment, read.Value is { } value ? OcppTimestamp.At(value).Raw : null);
        Assert.Equal(rule, deviations.Select(deviation => deviation.Rule).SingleOrDefault());
        Assert.True(read.Value is null || read.Value.Value.Offset == TimeSpan.Zero);
    }

    [Fact]
    public void A_timestamp_of_our_own_is_UTC_in_whole_milliseconds()
    {
        var moment = new DateTimeOffset(2024, 7, 1, 12, 0, 0, 5, TimeSpan.FromHours(2)).AddTicks(1234);

        var timestamp = OcppTimestamp.At(moment);

        Assert.Equal("2024-07-01T10:00:00.005Z", timestamp.Raw);
        Assert.Equal(new DateTimeOffset(2024, 7, 1, 10, 0, 0, 5, TimeSpan.Zero), timestamp.Value);
    }
}
