using EvCharge.Grains.Chargers;
using EvCharge.History.Chargers;
using Microsoft.Extensions.Time.Testing;

namespace EvCharge.GrainsTests.Chargers;

public sealed class PresenceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Presence _presence;

    public PresenceTests() => _presence = new Presence(_time, Patience);

    [Fact]
    public void A_connection_is_overdue_when_it_gave_no_sign_for_the_patience_and_no_earlier()
    {
        _presence.Came("ocpp1.6", "a");
        _time.Advance(Patience - TimeSpan.FromSeconds(1));
        Assert.False(_presence.IsOverdue);
        _presence.Sign();
        _time.Advance(Patience - TimeSpan.FromSeconds(1));
        Assert.False(_presence.IsOverdue);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_presence.IsOverdue);
    }

    [Fact]
    public void The_sweep_of_a_connection_on_record_records_nothing()
    {
        Assert.NotNull(_presence.Stays("ocpp1.6", "a"));
        Assert.Null(_presence.Stays("ocpp1.6", "a"));
        Assert.NotNull(_presence.Went());
        Assert.Null(_presence.Went());
    }

    [Fact]
    public void A_charger_of_which_nothing_is_on_record_is_not_recorded_as_gone() => Assert.Null(_presence.Went());

    [Fact]
    public void A_fact_is_later_than_the_one_on_record_also_when_that_came_from_a_clock_ahead()
    {
        var ahead = _time.GetUtcNow().AddHours(1);
        _presence.Load(new ConnectionRecord(true, ahead, "ocpp1.6", "a"));
        Assert.Equal(ahead.AddMilliseconds(1), _presence.Went()!.At);
        Assert.Equal(ahead.AddMilliseconds(2), _presence.Came("ocpp1.6", "b").At);
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(_time.GetUtcNow(), _presence.Went()!.At);
    }
}
