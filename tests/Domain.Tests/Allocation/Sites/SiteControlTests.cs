using EvCharge.Domain.Allocation.Limits;
using EvCharge.Domain.Allocation.Sites;

namespace EvCharge.DomainTests.Allocation.Sites;

public sealed class SiteControlTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly OrderTimes Times = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));
    private static readonly SharingSettings Quick = new(
        Enabled: true, IncreaseIntervalSeconds: 0, MinOnSeconds: 0, MinOffSeconds: 0, SettleSeconds: 5, DeadBand: 0.5, Hysteresis: 0);

    private readonly NodeLimit _limit = new() { Static = 40 };
    private DateTimeOffset _now = Start;
    private readonly Guid _activation = Guid.NewGuid();
    private long _images;

    [Fact]
    public void A_charger_that_never_came_is_told_nothing()
    {
        var control = Control();

        Assert.Empty(Step(control).Orders);
    }

    [Fact]
    public void One_that_comes_is_told_the_default_of_its_next_vehicle()
    {
        var control = Control();
        Assert.True(control.Report(Image("A", 1), _now));

        var order = Assert.Single(Step(control).Orders);

        Assert.Equal(("A", 1, null, 6.0, 1L, 7L), (order.Charger, order.Connector, order.Transaction, order.Current, order.Connection, order.Epoch));
        Assert.Equal(6 * 690, order.Power, 6);
    }

    [Fact]
    public void Nothing_more_is_sent_to_a_connector_until_the_outcome_is_known_or_waited_for_long_enough()
    {
        var control = Control();
        control.Report(Image("A", 1), _now);
        var order = Assert.Single(Step(control).Orders);

        Assert.Empty(Step(control, seconds: 59).Orders);
        Assert.NotEqual(order.Number, Assert.Single(Step(control, seconds: 1).Orders).Number);
        Assert.False(control.End("A", order.Number, LimitOutcome.Accepted, _now)); // Too late: another one is under way.
    }

    [Fact]
    public void An_order_that_was_not_sent_is_made_again()
    {
        var control = Control();
        control.Report(Image("A", 1), _now);
        var order = Assert.Single(Step(control).Orders);
        control.End("A", order.Number, LimitOutcome.NotSent, _now);

        Assert.Equal(order.Current, Assert.Single(Step(control, seconds: 1).Orders).Current);
    }

    [Fact]
    public void An_image_that_comes_late_changes_nothing()
    {
        var control = Control();
        var late = Image("A", 1);
        control.Report(Image("A", 1) with { Connectors = [Connector(transaction: 5)] }, _now);

        Assert.False(control.Report(late, _now));
        Assert.Equal(5, View(control).Single(connector => connector.Charger == "A").Transaction);
    }

    [Fact]
    public void One_of_another_activation_counts_only_if_the_charger_was_asked()
    {
        var control = Control();
        control.Report(Image("A", 1) with { Number = 1_000_000, Connectors = [Connector(transaction: 5)] }, _now);
        var other = Image("A", 1) with { Activation = Guid.NewGuid(), Number = 1, Connectors = [Connector(transaction: 6)] };

        Assert.False(control.Report(other, _now));
        Assert.Equal(5, View(control)[0].Transaction);
        Assert.True(control.Report(other, _now, asked: true));
        Assert.Equal(6, View(control)[0].Transaction);
    }

    [Fact]
    public void A_vehicle_that_starts_gets_what_there_is_and_gives_way_to_the_next()
    {
        var control = Control();
        Come(control, "A");
        Come(control, "B");

        control.Report(Image("A", 1) with { Connectors = [Connector(transaction: 5)] }, _now);
        var first = Assert.Single(Step(control).Orders);
        Assert.Equal((5L, 32.0), (first.Transaction, first.Current)); // 39.6 A without the 6 A that a start on B may draw.
        control.End("A", first.Number, LimitOutcome.Accepted, _now);

        control.Report(Image("B", 1) with { Connectors = [Connector(transaction: 6)] }, _now);
        var orders = Step(control).Orders;
        Assert.Equal([19.8, 7.6], orders.Select(order => Math.Round(order.Current, 6))); // Of what A gives up B gets nothing yet.
        foreach (var order in orders)
        {
            control.End(order.Charger, order.Number, LimitOutcome.Accepted, _now);
        }
        Assert.Empty(Step(control, seconds: 4).Orders);
        Assert.Equal(19.8, Assert.Single(Step(control, seconds: 1).Orders).Current, 6); // By now A has followed.
    }

    [Fact]
    public void A_site_that_is_taken_over_with_all_its_vehicles_charging_brings_them_down_and_pauses_none_that_it_has_room_for()
    {
        string[] names = ["A", "B", "C", "D", "E", "F"];
        var control = new SiteControl(Layout(names), Quick, Times, epoch: 7);
        for (var number = 0; number < names.Length; number++)
        {
            control.Report(Image(names[number], 1) with { Connectors = [Connector(transaction: number + 1, current: 32)] }, _now);
        }

        var orders = Step(control).Orders;

        Assert.Equal(6, orders.Length);
        Assert.All(orders, order => Assert.Equal(6.6, order.Current, 6));
    }

    [Fact]
    public void A_charger_that_comes_back_under_the_same_connection_holds_what_it_held()
    {
        var control = Control();
        Come(control, "A");
        control.Report(Image("A", 0), _now);
        Assert.Equal(ConnectorState.Offline, View(control)[0].State);

        control.Report(Image("A", 1), _now);
        Assert.Equal(6, View(control)[0].Reserved);
        control.Report(Image("A", 2), _now);
        Assert.Equal(32, View(control)[0].Reserved); // Another connection: it may have been set by others, or lost what it held.
    }

    [Fact]
    public void Only_an_increase_above_what_is_on_record_has_to_be_written_first()
    {
        var control = Control();
        Come(control, "A");
        Come(control, "B");
        control.Wrote(control.Bounds());
        Assert.False(control.IsOutdated);

        control.Report(Image("A", 1) with { Connectors = [Connector(transaction: 5)] }, _now);
        var up = Assert.Single(Step(control).Orders);
        Assert.True(control.MustBeWritten(up));
        control.Wrote(control.Bounds());
        Assert.False(control.MustBeWritten(up));
        control.End("A", up.Number, LimitOutcome.Accepted, _now);

        var down = Assert.Single(control.Step(new NodeLimit { Static = 20 }, _now = _now.AddMinutes(1)).Orders);
        Assert.False(control.MustBeWritten(down));
        control.End("A", down.Number, LimitOutcome.Accepted, _now);
        _now = _now.AddMinutes(1);
        control.Step(new NodeLimit { Static = 20 }, _now);
        Assert.True(control.IsOutdated);
    }

    [Fact]
    public void What_was_on_record_is_counted_by_the_next_activation_until_the_charger_was_told_again()
    {
        var before = Control();
        Come(before, "A");
        Come(before, "B");
        before.Report(Image("A", 1) with { Connectors = [Connector(transaction: 5)] }, _now);
        Step(before);
        var bounds = before.Bounds();

        var after = Control();
        after.Restore(bounds, _now);
        Step(after);

        Assert.Equal([32, 6], View(after).Select(connector => connector.Reserved)); // Sent, and perhaps taken.
        after.Report(Image("A", 1) with { Connectors = [Connector(transaction: 5)] }, _now);
        Assert.Equal(32, Assert.Single(Step(after).Orders).Current);
    }

    [Fact]
    public void An_increase_that_waited_does_not_leave_when_the_limit_has_come_down_meanwhile()
    {
        var control = Control();
        Come(control, "A");
        Come(control, "B");
        control.Report(Image("A", 1) with { Connectors = [Connector(transaction: 5)] }, _now);
        var up = Assert.Single(Step(control).Orders);

        Assert.True(control.MayLeave(up, _limit, _now));
        Assert.False(control.MayLeave(up, new NodeLimit { Static = 20 }, _now));
        control.End("A", up.Number, LimitOutcome.NotSent, _now);
        Assert.False(control.MayLeave(up, _limit, _now));
    }

    [Fact]
    public void A_new_configuration_keeps_what_is_known_and_under_way()
    {
        var before = Control();
        Come(before, "A");
        before.Report(Image("A", 1) with { Connectors = [Connector(transaction: 5)] }, _now);
        var under = Assert.Single(Step(before).Orders);

        before.Report(Image("A", 1) with { Traits = new LimitTraits("A", null, 1, true, true), Connectors = [Connector(transaction: 5)] }, _now);

        var after = new SiteControl(Layout("A", "B", "C"), Quick, Times, epoch: 7);
        after.Follow(before);

        Assert.True(after.End("A", under.Number, LimitOutcome.Accepted, _now));
        Step(after);
        Assert.Equal((5L, 32.0), (View(after)[0].Transaction, View(after)[0].Limit));
        Come(after, "C");
    }

    [Fact]
    public void A_limit_that_lasts_a_day_is_told_again_after_half_of_it()
    {
        var control = Control();
        Come(control, "A");
        control.Report(Image("A", 1) with { Connectors = [Connector(transaction: 5)] }, _now);
        control.End("A", Assert.Single(Step(control).Orders).Number, LimitOutcome.Accepted, _now);

        Assert.Empty(Step(control, seconds: (12 * 3600) - 1).Orders);
        Assert.Equal(32, Assert.Single(Step(control, seconds: 1).Orders).Current);
    }

    [Fact]
    public void All_chargers_of_a_site_may_come_at_once_and_are_told_what_a_start_may_draw()
    {
        string[] names = ["A", "B", "C", "D", "E", "F"];
        var control = new SiteControl(Layout(names), Quick, Times, epoch: 7);
        foreach (var name in names)
        {
            control.Report(Image(name, 1), _now);
        }

        Assert.All(Step(control).Orders, order => Assert.Equal(6, order.Current));
    }

    [Fact]
    public void What_power_tells_at_least_is_enough_to_take_a_vehicle_over_without_pausing_it()
    {
        string[] names = ["A", "B", "C", "D", "E", "F"];
        var control = new SiteControl(Layout(names), Quick, Times, epoch: 7);
        for (var number = 0; number < names.Length; number++)
        {
            var power = number == 0 ? (double?)null : 7_360; // On one phase or on three.
            control.Report(
                Image(names[number], 1) with { Connectors = [Connector(transaction: number + 1) with { Power = power, MeasuredAt = _now }] }, _now);
        }

        Assert.Equal([0, 6.6, 6.6, 6.6, 6.6, 6.6], Step(control).Orders.OrderBy(order => order.Charger).Select(order => Math.Round(order.Current, 6)));
    }

    [Theory]
    [InlineData(7_000, null)] // Over three phases nobody knows which one it flows on.
    [InlineData(20, 0.0)]
    [InlineData(double.NaN, null)]
    [InlineData(-5, null)]
    public void Power_alone_tells_the_current_only_where_that_is_certain(double power, double? current)
    {
        var control = Control();
        Come(control, "A");
        control.Report(
            Image("A", 1) with { Connectors = [Connector(transaction: 5) with { Power = power, MeasuredAt = _now }] }, _now);
        Step(control);

        Assert.Equal(current, View(control)[0].Measured);
    }

    private static SiteControl Control() => new(Layout("A", "B"), Quick, Times, epoch: 7);

    private static SiteLayout Layout(params string[] chargers) => SiteLayout.Of(
        "S", inWatts: false, launch: null, new TreeSettings(),
        chargers.Select(name => new ChargerEnergy(
            name, new EnergySettings(), null, new Dictionary<int, EnergySettings> { [1] = new() })));

    private ChargerImage Image(string charger, long connection) =>
        new(charger, ++_images, true, connection, LimitTraits.Plain, [Connector()], _activation);

    private ConnectorImage Connector(long? transaction = null, double? current = null) =>
        new(1, transaction, transaction is null ? "Available" : "Charging", current, null, current is null ? null : _now);

    /// <summary>Has it come, and take its default.</summary>
    private void Come(SiteControl control, string charger)
    {
        control.Report(Image(charger, 1), _now);
        foreach (var order in Step(control).Orders)
        {
            control.End(order.Charger, order.Number, LimitOutcome.Accepted, _now);
        }
        Step(control, seconds: 6);
    }

    private SiteStep Step(SiteControl control, int seconds = 0) => control.Step(_limit, _now = _now.AddSeconds(seconds));

    private IReadOnlyList<ConnectorAllocation> View(SiteControl control)
    {
        Step(control);
        return control.View(LimitOrigin.Static, 40, _now)!.Connectors;
    }
}
