using EvCharge.Domain.Allocation;

namespace EvCharge.DomainTests.Allocation;

/// <summary>Plans brought to chargers that take them, lose them or say nothing.</summary>
public sealed class LimitDispatchTests
{
    private const double SiteLimit = 60;
    private static readonly LimitTree _tree = new([new LimitNode("site", -1)], 230);
    private static readonly ChangePolicy _eager = new() { DeadBand = 0.1, Hysteresis = 0, IncreaseInterval = TimeSpan.Zero, MinimumOn = TimeSpan.Zero, MinimumOff = TimeSpan.Zero, MessagesPerMinute = 1_000 };
    private static readonly DateTimeOffset _start = DateTimeOffset.UnixEpoch;

    private readonly EnergyAllocator _allocator = new();
    private readonly LimitDispatch _dispatch = new();

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void What_is_drawn_stays_within_the_limit_whatever_gets_lost(int seed)
    {
        var random = new Random(seed);
        var site = Enumerable.Range(0, 6).Select(_ => new ModelledCharger()).ToArray();
        var wishes = Enumerable.Repeat(32.0, site.Length).ToArray();
        var now = _start;
        for (var step = 0; step < 30_000; step++)
        {
            now += TimeSpan.FromSeconds(random.Next(4));
            var place = random.Next(site.Length);
            wishes[place] = random.Next(10) == 0 ? random.Next(6, 33) : wishes[place];
            site[place].Happen(random, now);
            Dispatch(site, wishes, SiteLimit, now);

            Assert.True(site.Sum(each => each.Draw(now)) <= SiteLimit + 1e-6, $"step {step}");
        }

        // Once all answer again, nothing is left over.
        for (var calm = 0; calm < 20; calm++)
        {
            now += TimeSpan.FromSeconds(30);
            Array.ForEach(site, each => each.Answer(now));
            Dispatch(site, Enumerable.Repeat(32.0, site.Length).ToArray(), SiteLimit, now);
        }

        Assert.Equal(SiteLimit, site.Sum(each => each.Limit), 0.5);
    }

    [Fact]
    public void A_cut_goes_out_at_once_and_the_largest_first()
    {
        Controlled[] site = [At(10, 0), At(32, 1), At(18, 2)];

        var changes = _dispatch.Decide(_tree, Limits(30), site, [10, 10, 10], new ChangePolicy { DeadBand = 100 }, _start);

        Assert.Equal([new LimitChange(1, 10, true), new LimitChange(2, 10, true)], changes);
    }

    [Fact]
    public void An_increase_waits_until_the_decrease_that_makes_room_was_followed()
    {
        Controlled[] before = [At(32, 0), At(6, 1)];
        double[] targets = [19, 19];

        Assert.Equal([new LimitChange(0, 19, false)], _dispatch.Decide(_tree, Limits(38), before, targets, _eager, _start));

        var taken = before[0].InForce.Sending(19).Accepted(_start, ModelledCharger.Settle);
        Controlled[] settling = [before[0] with { InForce = taken }, before[1]];
        Assert.Empty(_dispatch.Decide(_tree, Limits(38), settling, targets, _eager, _start));

        Controlled[] followed = [before[0] with { InForce = taken.Measured(18.9) }, before[1]];
        Assert.Equal([new LimitChange(1, 19, false)], _dispatch.Decide(_tree, Limits(38), followed, targets, _eager, _start));
    }

    [Fact]
    public void Nothing_is_taken_from_a_connector_while_nobody_needs_it()
    {
        Controlled[] site = [At(32, 0), At(20, 1)];

        Assert.Empty(_dispatch.Decide(_tree, Limits(80), site, [10, 20], _eager, _start));
    }

    [Fact]
    public void No_more_is_taken_than_helps()
    {
        Controlled[] site = [At(16, 0), At(16, 1), At(8, 2), At(0, 3)];

        var changes = _dispatch.Decide(_tree, Limits(40), site, [9, 10, 8, 6], new ChangePolicy(), _start);

        Assert.Equal([new LimitChange(0, 9, false)], changes);
    }

    [Fact]
    public void Who_begins_gets_the_least_of_many_although_each_decrease_is_small()
    {
        Controlled[] site = [At(10, 0), At(10, 1), At(10, 2), At(10, 3), At(0, 4)];

        var changes = _dispatch.Decide(_tree, Limits(40), site, [8.5, 8.5, 8.5, 8.5, 6], new ChangePolicy(), _start);

        Assert.Equal(Enumerable.Range(0, 4).Select(connector => new LimitChange(connector, 8.5, false)), changes);
    }

    [Fact]
    public void A_small_decrease_is_not_sent_for_a_small_increase()
    {
        Controlled[] site = [At(11, 0), At(9, 1)];

        Assert.Empty(_dispatch.Decide(_tree, Limits(20), site, [10, 10], new ChangePolicy(), _start));
    }

    [Fact]
    public void What_a_sleeper_holds_is_taken_for_small_increases_too()
    {
        Controlled[] site = [At(10, 0), At(10, 1), At(10, 2)];
        site[0] = site[0] with { Demand = site[0].Demand with { Kind = DemandKind.Sleeping } };

        var changes = _dispatch.Decide(_tree, Limits(30), site, [0, 11.5, 11.5], new ChangePolicy(), _start);

        Assert.Equal([new LimitChange(0, 0, false)], changes);
    }

    [Fact]
    public void What_is_left_goes_in_one_piece_where_each_wants_little()
    {
        Controlled[] site = [At(10, 0), At(9.5, 1), At(10, 2)];

        var changes = _dispatch.Decide(_tree, Limits(32.5), site, [10.8, 10.8, 10.8], new ChangePolicy(), _start);

        Assert.Equal([new LimitChange(1, 12.5, false)], changes);
    }

    [Fact]
    public void What_is_left_goes_in_the_steps_of_the_charger()
    {
        Controlled[] site = [At(8, 0)];
        site[0] = site[0] with { Demand = site[0].Demand with { Step = 8 } };

        Assert.Empty(_dispatch.Decide(_tree, Limits(15), site, [8], new ChangePolicy(), _start));
    }

    [Fact]
    public void What_is_left_is_kept_for_one_who_waits_to_begin()
    {
        Controlled[] site = [At(10, 0), At(10, 1), At(0, 2)];

        Assert.Empty(_dispatch.Decide(_tree, Limits(23), site, [11, 11, 6], new ChangePolicy(), _start));
    }

    [Fact]
    public void A_charger_that_may_hold_anything_is_told_what_fits_beside_the_others()
    {
        Controlled[] site = [At(20, 0), At(6, 1) with { InForce = new InForce(6).Restarted(32) }];

        var changes = _dispatch.Decide(_tree, Limits(30), site, [15, 15], _eager, _start);

        Assert.Equal([new LimitChange(0, 15, true), new LimitChange(1, 10, true)], changes);
    }

    [Fact]
    public void One_that_cannot_be_reached_or_has_not_answered_is_sent_nothing()
    {
        Controlled[] site = [At(32, 0) with { Reachable = false }, At(32, 1) with { InForce = new InForce(32).Sending(20) }];

        Assert.Empty(_dispatch.Decide(_tree, Limits(10), site, [0, 0], _eager, _start));
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(66, false)]
    public void One_in_doubt_comes_down_where_what_is_set_aside_is_more_than_there_is(double limit, bool comesDown)
    {
        var inDoubt = Wish(1) with { Kind = DemandKind.Fixed };
        Controlled[] site = [At(6, 0) with { Demand = inDoubt with { Id = 0 }, Reserve = 33 }, At(32, 1) with { Demand = inDoubt, Reserve = 32 }];

        var changes = _dispatch.Decide(_tree, Limits(limit), site, [6, 32], new ChangePolicy(), _start);

        Assert.Equal(comesDown ? [new LimitChange(1, 6, true)] : [], changes);
    }

    [Fact]
    public void What_is_worth_a_message_may_be_another_for_one_connector()
    {
        var own = new ChangeSettings(DeadBand: 5, Hysteresis: null, IncreaseInterval: null).Over(new ChangePolicy());
        Controlled[] site = [At(10, 0), At(10, 1) with { Own = own }];

        Assert.Equal([new LimitChange(0, 13, false)], _dispatch.Decide(_tree, Limits(25), site, [13, 13], new ChangePolicy(), _start));
        Assert.Equal([0, 1], _dispatch.Decide(_tree, Limits(60), site, [15, 15], new ChangePolicy(), _start).Select(change => change.Connector));
    }

    private void Dispatch(ModelledCharger[] site, double[] wishes, double limit, DateTimeOffset now)
    {
        Array.ForEach(site, each => each.Pass(now));
        var demands = site.Select((_, place) => Wish(place) with { Estimate = wishes[place] }).ToArray();
        var plan = _allocator.Plan(_tree, Limits(limit), demands, new AllocationPolicy());
        var targets = plan.Allotments.Select(allotment => allotment.Current).ToArray();
        var controlled = site
            .Select((each, place) => new Controlled(demands[place], each.Counted, ChangeHistory.None, ModelledCharger.Start, true)).ToArray();
        foreach (var change in _dispatch.Decide(_tree, Limits(limit), controlled, targets, _eager, now))
        {
            site[change.Connector].Send(change.Limit);
        }
    }

    private static double[] Limits(double current) => [current, current, current, double.PositiveInfinity];

    private static Demand Wish(int id) => new() { Id = id, Node = 0, Kind = DemandKind.Hungry };

    private static Controlled At(double held, int id) => new(Wish(id), new InForce(held), ChangeHistory.None, 0, true);
}
