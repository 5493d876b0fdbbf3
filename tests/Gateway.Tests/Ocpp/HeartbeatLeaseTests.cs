using EvCharge.Contracts.Chargers;
using EvCharge.Gateway.Ocpp;
using Microsoft.Extensions.Time.Testing;

namespace EvCharge.GatewayTests.Ocpp;

public sealed class HeartbeatLeaseTests
{
    /// <summary>The silo's clock: an hour before that of the gateway.</summary>
    private static readonly DateTimeOffset Said = new(2026, 3, 1, 11, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly HeartbeatLease _lease;

    public HeartbeatLeaseTests() => _lease = new HeartbeatLease(_time);

    [Fact]
    public void Without_the_grains_word_there_is_none() => Assert.Null(_lease.Now);

    [Fact]
    public void It_tells_the_silos_time_for_half_a_minute()
    {
        _lease.Answered(Reply(accepted: true));

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(Said.AddSeconds(29), _lease.Now);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_lease.Now);
    }

    [Fact]
    public void A_charger_that_is_not_accepted_gets_none_and_loses_what_it_had()
    {
        _lease.Answered(Reply(accepted: true));
        _lease.Answered(Reply(accepted: false));
        Assert.Null(_lease.Now);

        _lease.Answered(Reply(accepted: true));
        _lease.Answered(OcppReply.Unanswered);
        Assert.Null(_lease.Now);

        _lease.Answered(Reply(accepted: true, OcppFrame.CallError));
        Assert.Null(_lease.Now);
    }

    [Fact]
    public void After_a_command_the_grain_sees_everything_for_a_while()
    {
        _lease.Answered(Reply(accepted: true));
        _lease.Called();
        Assert.Null(_lease.Now);

        _time.Advance(HeartbeatLease.CommandPeriod - TimeSpan.FromSeconds(1));
        _lease.Answered(Reply(accepted: true));
        Assert.Null(_lease.Now);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(_lease.Now);
    }

    private static OcppReply Reply(bool accepted, int kind = OcppFrame.CallResult) => new(
        ReplyOutcome.Answered, new OcppFrame(kind, "1", "Heartbeat", "{}"u8.ToArray(), "", "", Said), accepted);
}
