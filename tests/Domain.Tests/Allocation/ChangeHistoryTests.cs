using EvCharge.Domain.Allocation;

namespace EvCharge.DomainTests.Allocation;

/// <summary>Which changes are worth a message.</summary>
public sealed class ChangeHistoryTests
{
    private static readonly ChangePolicy _policy = new();
    private static readonly DateTimeOffset _now = DateTimeOffset.UnixEpoch + TimeSpan.FromDays(1);

    [Theory]
    [InlineData(10, 12, true)]
    [InlineData(10, 11.9, false)]
    [InlineData(10, 8, true)]
    [InlineData(10, 8.1, false)]
    [InlineData(0, 6, true)]
    public void Small_changes_are_not_sent(double before, double limit, bool allowed) =>
        Assert.Equal(allowed, ChangeHistory.None.Allows(before, limit, _now, _policy));

    [Fact]
    public void A_change_against_the_last_one_needs_more()
    {
        var down = ChangeHistory.None.Sent(20, 10, _now - TimeSpan.FromHours(1), _policy);

        Assert.False(down.Allows(10, 12.9, _now, _policy));
        Assert.True(down.Allows(10, 13, _now, _policy));
        Assert.True(down.Allows(10, 8, _now, _policy));
    }

    [Fact]
    public void An_increase_waits_for_its_interval_and_a_decrease_does_not()
    {
        var up = ChangeHistory.None.Sent(10, 16, _now, _policy);

        Assert.False(up.Allows(16, 20, _now + TimeSpan.FromSeconds(59), _policy));
        Assert.True(up.Allows(16, 20, _now + TimeSpan.FromSeconds(60), _policy));
        Assert.True(up.Allows(16, 10, _now + TimeSpan.FromSeconds(1), _policy));
    }

    [Fact]
    public void A_vehicle_charges_for_a_while_before_it_is_paused_and_rests_before_it_resumes()
    {
        var resumed = ChangeHistory.None.Sent(0, 6, _now, _policy);
        Assert.False(resumed.Allows(6, 0, _now + TimeSpan.FromMinutes(9), _policy));
        Assert.True(resumed.Allows(6, 0, _now + TimeSpan.FromMinutes(10), _policy));

        var paused = ChangeHistory.None.Sent(6, 0, _now, _policy);
        Assert.False(paused.Allows(0, 6, _now + TimeSpan.FromMinutes(4), _policy));
        Assert.True(paused.Allows(0, 6, _now + TimeSpan.FromMinutes(5), _policy));
    }

    [Fact]
    public void Messages_are_spent_and_come_back_over_a_minute()
    {
        var history = ChangeHistory.None;
        for (var message = 0; message < _policy.MessagesPerMinute; message++)
        {
            Assert.True(history.Allows(30 - (3 * message), 27 - (3 * message), _now, _policy));
            history = history.Sent(30 - (3 * message), 27 - (3 * message), _now, _policy);
        }

        Assert.False(history.Allows(12, 9, _now, _policy));
        Assert.False(history.Allows(12, 9, _now + TimeSpan.FromSeconds(9), _policy));
        Assert.True(history.Allows(12, 9, _now + TimeSpan.FromSeconds(10), _policy));
    }

    [Fact]
    public void The_minimum_goes_to_turns_that_run_then_to_newcomers_then_to_the_longest_waiting()
    {
        var slot = TimeSpan.FromMinutes(15);
        double[] ranks =
        [
            AdmissionRank.Of(TimeSpan.FromMinutes(14), null, slot),
            AdmissionRank.Of(TimeSpan.FromMinutes(1), null, slot),
            AdmissionRank.Of(null, null, slot),
            AdmissionRank.Of(null, TimeSpan.FromMinutes(40), slot),
            AdmissionRank.Of(null, TimeSpan.FromMinutes(2), slot),
            AdmissionRank.Of(TimeSpan.FromMinutes(15), null, slot),
            AdmissionRank.Of(TimeSpan.FromMinutes(30), null, slot),
        ];

        Assert.Equal(ranks.Order(), ranks);
    }

    [Fact]
    public void A_vehicle_that_takes_nothing_may_be_paused_at_any_time()
    {
        var begun = ChangeHistory.None.Sent(0, 10, _now, _policy);
        var soon = _now + TimeSpan.FromMinutes(1);

        Assert.False(begun.Allows(10, 0, soon, _policy));
        Assert.True(begun.Allows(10, 0, soon, _policy, charges: false));
    }

    [Fact]
    public void One_that_was_paused_rests_until_it_may_begin_again()
    {
        var paused = ChangeHistory.None.Sent(0, 10, _now, _policy).Sent(10, 0, _now + TimeSpan.FromMinutes(20), _policy);

        Assert.True(paused.Rests(_now + TimeSpan.FromMinutes(24), _policy));
        Assert.False(paused.Rests(_now + TimeSpan.FromMinutes(25), _policy));
        Assert.False(paused.Sent(0, 6, _now + TimeSpan.FromMinutes(21), _policy).Rests(_now + TimeSpan.FromMinutes(22), _policy));
        Assert.False(ChangeHistory.None.Rests(_now, _policy));
    }
}
