using EvCharge.Domain.Allocation;

namespace EvCharge.DomainTests.Allocation;

/// <summary>What the allocation knows of a connector, from event to event.</summary>
public sealed class ConnectorControlTests
{
    private static readonly ControlPolicy _policy = new();
    private static readonly ConnectorSettings _settings = new() { Id = 1, Node = 0 };
    private static readonly DateTimeOffset _start = DateTimeOffset.UnixEpoch;

    private readonly ConnectorControl _idle = Told(new ConnectorControl(_settings).Connected(), _settings.Launch, _start - TimeSpan.FromHours(1));

    [Fact]
    public void One_that_was_never_told_anything_may_draw_all_it_can()
    {
        var connected = new ConnectorControl(_settings).Connected();

        Assert.Equal(32, Controlled(connected, _start).Reserved);
        Assert.True(Controlled(connected, _start).InForce.Unsure);
        Assert.Equal(6, Controlled(_idle, _start).Reserved);
    }

    [Fact]
    public void One_out_of_reach_counts_with_what_it_may_be_under_and_without_a_vehicle_with_its_default()
    {
        Assert.Equal(6, Wish(_idle.Disconnected(), _start).Reserve);
        Assert.Equal(32, Wish(_idle.Connected().Disconnected(), _start).Reserve); // A start would be limited by nothing that is known.

        var charging = Told(_idle.Started(_start), 20, _start).Sending(25, _start, _policy).Disconnected();
        var wish = Wish(charging, _start);
        Assert.Equal((DemandKind.Fixed, 25), (wish.Kind, wish.Reserve));
        Assert.False(Controlled(charging, _start).Reachable);
    }

    [Fact]
    public void A_charger_that_comes_back_is_told_again()
    {
        var back = Told(_idle.Started(_start), 10, _start).Disconnected().Connected();

        Assert.Equal(DemandKind.Hungry, Wish(back, _start).Kind);
        Assert.Equal(32, Controlled(back, _start).Reserved);
        Assert.Equal(10, Controlled(Told(back, 10, _start), _start + TimeSpan.FromMinutes(1)).Reserved);
    }

    [Fact]
    public void A_start_is_hungry_and_an_end_leaves_room_for_the_next_start()
    {
        var started = _idle.Started(_start);
        Assert.Equal((DemandKind.Hungry, 32), (Wish(started, _start).Kind, Wish(started, _start).Estimate));

        var ended = Told(started, 20, _start).Ended(_start, _policy);
        Assert.Equal((DemandKind.Idle, 6), (Wish(ended, _start).Kind, Wish(ended, _start).Reserve));
        Assert.Equal(20, Controlled(ended, _start).Reserved);
        Assert.Equal(6, Controlled(ended, _start + _policy.Demand.Settle).Reserved);
    }

    [Fact]
    public void After_a_transaction_that_began_before_its_default_was_set_it_may_draw_all_it_can()
    {
        var ended = Told(new ConnectorControl(_settings).Connected().Started(_start), 10, _start).Ended(_start, _policy);

        var later = Controlled(ended, _start + TimeSpan.FromMinutes(1));
        Assert.Equal(32, later.Reserved);
        Assert.True(later.InForce.Unsure);
        Assert.Equal(6, Controlled(Told(ended, 6, _start), _start + TimeSpan.FromMinutes(1)).Reserved);
    }

    [Fact]
    public void A_default_without_an_answer_may_hold()
    {
        var lost = _idle.Sending(16, _start, _policy).Unanswered().Started(_start);

        Assert.Equal(16, Controlled(Told(lost, 10, _start).Ended(_start, _policy), _start + TimeSpan.FromMinutes(1)).Reserved);
    }

    [Fact]
    public void One_that_refuses_three_times_counts_with_all_it_can()
    {
        var refusing = _idle.Started(_start);
        for (var refusal = 0; refusal < 3; refusal++)
        {
            Assert.Equal(DemandKind.Hungry, Wish(refusing, _start).Kind);
            refusing = refusing.Sending(10, _start, _policy).Refused(_start);
        }

        Assert.Equal((DemandKind.Fixed, 32), (Wish(refusing, _start).Kind, Wish(refusing, _start).Reserve));
        Assert.False(Controlled(refusing, _start).Reachable);
        var idle = Wish(refusing.Ended(_start, _policy), _start);
        Assert.Equal((DemandKind.Idle, 32), (idle.Kind, idle.Reserve));
        Assert.Equal(DemandKind.Idle, Wish(refusing.Ended(_start, _policy).Connected(), _start).Kind);
        Assert.True(Controlled(refusing.Connected(), _start).Reachable);
    }

    [Fact]
    public void One_that_refused_is_left_alone_for_longer_each_time_and_then_asked_again()
    {
        var refusing = Told(_idle.Started(_start), 20, _start);
        foreach (var pause in (int[])[2, 5, 600, 600])
        {
            refusing = refusing.Sending(10, _start, _policy).Refused(_start);
            Assert.False(Controlled(refusing, _start.AddSeconds(pause - 1)).Reachable);
            Assert.True(Controlled(refusing, _start.AddSeconds(pause)).Reachable);
        }

        Assert.Equal(0, Told(refusing, 10, _start).InForce.Refusals);
    }

    [Fact]
    public void One_that_refused_and_may_be_asked_again_is_planned_as_any_other()
    {
        var refusing = Told(_idle.Started(_start), 20, _start).Sending(10, _start, _policy).Refused(_start);
        refusing = refusing.Sending(10, _start.AddSeconds(10), _policy).Refused(_start.AddSeconds(10));

        Assert.Equal(DemandKind.Fixed, Wish(refusing, _start.AddSeconds(12)).Kind);
        Assert.Equal(DemandKind.Hungry, Wish(refusing, _start.AddSeconds(15)).Kind);
    }

    [Fact]
    public void What_was_drawn_under_a_higher_limit_does_not_make_the_first_one_on_a_connection_harmless()
    {
        var charging = Told(_idle.Started(_start), 20, _start).Measured(20, _start.AddMinutes(1), _policy);
        Assert.Equal(20, Controlled(charging.Connected(), _start.AddSeconds(70)).Harmless);

        var cut = Told(charging, 8, _start.AddSeconds(65));

        Assert.Equal(0, Controlled(cut.Connected(), _start.AddSeconds(70)).Harmless);
    }

    [Fact]
    public void For_one_that_does_not_take_what_it_is_told_the_others_make_room_until_it_does()
    {
        var silent = Told(_idle.Started(_start), 20, _start).Sending(10, _start, _policy);
        Assert.Equal(DemandKind.Hungry, Wish(silent, _start.AddSeconds(4)).Kind);

        var waited = Wish(silent, _start.AddSeconds(5));
        Assert.Equal((DemandKind.Fixed, 20), (waited.Kind, waited.Reserve));
        var again = silent.Unanswered().Sending(10, _start.AddSeconds(30), _policy);
        Assert.Equal(DemandKind.Fixed, Wish(again, _start.AddSeconds(31)).Kind); // It is not new that it does not answer.
        Assert.Equal(DemandKind.Hungry, Wish(again.Accepted(_start.AddSeconds(31), _policy), _start.AddSeconds(31)).Kind);
    }

    [Fact]
    public void One_in_doubt_is_set_aside_with_what_it_draws_and_told_its_least()
    {
        var cheating = Told(_idle.Started(_start), 10, _start).Measured(32, _start + TimeSpan.FromMinutes(1), _policy);
        var wish = Wish(cheating, _start);

        Assert.Equal((DemandKind.Fixed, 33), (wish.Kind, wish.Reserve));
        Assert.Equal(6, cheating.Target(in wish, 33, _policy));
    }

    [Fact]
    public void A_turn_begins_with_the_first_limit_and_waiting_with_a_pause()
    {
        var later = _start + TimeSpan.FromMinutes(20);
        var running = Told(_idle.Started(_start), 10, later);
        Assert.Equal((_start, null), (running.RunsSince, running.WaitsSince));

        var paused = Told(running, 0, later);
        Assert.Equal((null, later), (paused.RunsSince, paused.WaitsSince));
        Assert.Equal(later, Told(paused, 0, later + TimeSpan.FromMinutes(1)).WaitsSince);
    }

    [Fact]
    public void A_paused_sleeper_is_let_charge_now_and_then_and_less_often_each_time()
    {
        var asleep = Told(_idle.Started(_start), 16, _start).Suspended();
        Assert.Equal(DemandKind.Sleeping, Wish(asleep, _start).Kind);

        var paused = Told(asleep, 0, _start);
        Assert.Equal(DemandKind.Sleeping, Wish(paused, _start + TimeSpan.FromMinutes(29)).Kind);
        var probed = _start + TimeSpan.FromMinutes(30);
        Assert.Equal((DemandKind.Hungry, 6), (Wish(paused, probed).Kind, Wish(paused, probed).Estimate));

        var vain = Told(Told(paused, 6, probed), 0, probed + _policy.ProbeTime);
        Assert.Equal(DemandKind.Sleeping, Wish(vain, vain.WaitsSince!.Value + TimeSpan.FromMinutes(59)).Kind);
        Assert.Equal(DemandKind.Hungry, Wish(vain, vain.WaitsSince!.Value + TimeSpan.FromMinutes(60)).Kind);
    }

    [Fact]
    public void One_that_charged_before_it_slept_is_probably_full()
    {
        var full = Told(Told(_idle.Started(_start), 16, _start).Measured(16, _start, _policy).Suspended(), 0, _start);

        Assert.Equal(DemandKind.Sleeping, Wish(full, _start + TimeSpan.FromHours(3.9)).Kind);
        Assert.Equal(DemandKind.Hungry, Wish(full, _start + TimeSpan.FromHours(4)).Kind);
    }

    [Fact]
    public void A_charger_that_ignores_the_first_limit_after_a_pause_is_told_it_twice()
    {
        var forgetful = _idle with { Settings = _settings with { ResendsAfterPause = true } };
        var paused = Told(forgetful.Started(_start), 0, _start);

        var resumed = Told(paused, 10, _start);
        Assert.True(resumed.InForce.Unsure);
        Assert.False(Told(resumed, 10, _start).InForce.Unsure);
        Assert.False(Told(Told(_idle.Started(_start), 0, _start), 10, _start).InForce.Unsure);
    }

    [Fact]
    public void One_whose_charger_is_slow_counts_longer_with_what_it_had()
    {
        var slow = (_idle with { Settings = _settings with { Settle = TimeSpan.FromSeconds(90) } }).Started(_start);

        var down = Told(Told(slow, 30, _start), 10, _start);

        Assert.Equal(30, Controlled(down, _start.AddSeconds(89)).Reserved);
        Assert.Equal(10, Controlled(down, _start.AddSeconds(90)).Reserved);
    }

    [Fact]
    public void One_that_wakes_is_hungry_for_all()
    {
        var awake = Told(_idle.Started(_start), 16, _start).Suspended().Resumed();

        Assert.Equal((DemandKind.Hungry, 32), (Wish(awake, _start).Kind, Wish(awake, _start).Estimate));
    }

    private static ConnectorControl Told(ConnectorControl connector, double limit, DateTimeOffset now) =>
        connector.Sending(limit, now, _policy).Accepted(now, _policy);

    private static Demand Wish(ConnectorControl connector, DateTimeOffset now) => connector.Wish(now, _policy);

    private static Controlled Controlled(ConnectorControl connector, DateTimeOffset now) =>
        connector.Controlled(connector.Wish(now, _policy), now, _policy);
}
