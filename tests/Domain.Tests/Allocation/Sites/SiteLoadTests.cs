using System.Collections.Immutable;
using EvCharge.Domain.Allocation;
using EvCharge.Domain.Allocation.Limits;
using EvCharge.Domain.Allocation.Sites;

namespace EvCharge.DomainTests.Allocation.Sites;

/// <summary>What others than vehicles take at the grid connection is theirs; what they leave is the vehicles'.</summary>
public sealed class SiteLoadTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly NodeLimit Limit = new() { Static = 100 };

    private readonly Guid _charger = Guid.NewGuid();
    private DateTimeOffset _now = Start;
    private int _reports;

    [Fact]
    public void Before_the_first_reading_and_after_the_last_the_worst_counts()
    {
        var site = Site(new UncontrolledLoadSettings(WorstCase: 60));
        Assert.Equal([39, 39, 39], Free(site));

        Assert.True(site.Measured([10, 20, 30], _now));
        Assert.Equal([89, 79, 69], Free(site));
        _now = Start.AddSeconds(120);
        Assert.Equal([89, 79, 69], Free(site));
        _now = Start.AddSeconds(121);
        Assert.Equal([39, 39, 39], Free(site));
    }

    [Fact]
    public void What_rises_counts_at_once_and_what_falls_after_a_minute()
    {
        var site = Site(new UncontrolledLoadSettings(WorstCase: 60));
        site.Measured([10, 10, 10], _now);

        _now = Start.AddSeconds(10);
        site.Measured([40, 10, 10], _now);
        Assert.Equal([59, 89, 89], Free(site));
        _now = Start.AddSeconds(20);
        site.Measured([5, 10, 10], _now);
        Assert.Equal([59, 89, 89], Free(site));
        _now = Start.AddSeconds(71);
        Assert.Equal([94, 89, 89], Free(site));
    }

    [Theory]
    [InlineData(null, 99)]
    [InlineData(true, 119)]
    public void What_is_generated_is_for_vehicles_only_where_the_site_says_so(bool? used, double free)
    {
        var site = Site(new UncontrolledLoadSettings(WorstCase: 0, UsesGeneration: used));

        site.Measured([-20, -20, -20], _now);

        Assert.Equal([free, free, free], Free(site));
    }

    [Fact]
    public void A_site_whose_limit_is_in_watts_takes_the_power_of_all_phases()
    {
        var site = Site(new UncontrolledLoadSettings(WorstCase: 0), inWatts: true);

        Assert.True(site.Measured([40], _now));
        Assert.False(site.Measured([1, 2, 3], _now));
        Assert.Equal([59], Free(site));
    }

    [Fact]
    public void Without_an_account_of_it_a_reading_changes_nothing()
    {
        var site = Site(null);

        Assert.False(site.Measured([50, 50, 50], _now));
        Assert.Equal([99, 99, 99], Free(site));
    }

    [Fact]
    public void A_new_configuration_keeps_what_was_read()
    {
        var before = Site(new UncontrolledLoadSettings(WorstCase: 60));
        before.Measured([10, 20, 30], _now);
        var after = Site(new UncontrolledLoadSettings(WorstCase: 50));

        after.Follow(before);

        Assert.Equal([89, 79, 69], Free(after));
    }

    [Fact]
    public void Vehicles_come_down_when_others_take_more()
    {
        var site = Site(new UncontrolledLoadSettings(WorstCase: 60));
        site.Measured([0, 0, 0], _now);
        Report(site);
        Accept(site);
        for (var second = 0; second < 90; second++)
        {
            _now = _now.AddSeconds(1);
            site.Measured([0, 0, 0], _now);
            Accept(site);
        }
        Assert.Equal(32, Held(site));

        site.Measured([90, 0, 0], _now);
        Accept(site);

        Assert.Equal(9, Held(site), 6);
    }

    [Theory]
    [InlineData(0, 20.0, 20.0, 20.0, new double[] { 20, 10, 5 })]
    [InlineData(60, 20.0, 20.0, 20.0, new double[] { 20, 10, 5 })]
    [InlineData(61, 20.0, 20.0, 20.0, new double[] { 40, 30, 25 })] // measured too long ago: it counts twice, which is safe
    [InlineData(0, 20.0, 19.0, 18.0, new double[] { 22, 12, 7 })] // the least of what one is not known to share evenly
    [InlineData(0, 20.0, 0.0, 0.0, new double[] { 40, 30, 25 })] // on one phase, which nobody knows yet
    [InlineData(0, 20.0, null, null, new double[] { 40, 30, 25 })]
    public void A_meter_that_counts_vehicles_too_is_read_without_what_they_were_measured_to_take(int age, double first, double? second, double? third, double[] others)
    {
        var site = Site(new UncontrolledLoadSettings(WorstCase: 60, CountsVehicles: true));
        Report(site, _now, first, second, third);

        _now = _now.AddSeconds(age);
        site.Measured([40, 30, 25], _now);

        Assert.Equal(others, Load(site));
    }

    [Fact]
    public void A_vehicle_that_ceases_to_draw_leaves_nothing_to_others_that_was_theirs()
    {
        var site = Site(new UncontrolledLoadSettings(WorstCase: 60, CountsVehicles: true));
        Report(site, _now, 20, 20, 20);
        site.Measured([50, 50, 50], _now);

        _now = _now.AddSeconds(30); // its meter has not told yet
        site.Measured([30, 30, 30], _now);
        Assert.Equal([30, 30, 30], Load(site));
        Report(site, _now, 0, 0, 0);
        _now = _now.AddSeconds(31);
        site.Measured([30, 30, 30], _now);

        Assert.Equal([30, 30, 30], Load(site));
    }

    [Fact]
    public void A_site_in_watts_reads_its_meter_without_the_power_of_vehicles()
    {
        var site = Site(new UncontrolledLoadSettings(WorstCase: 0, CountsVehicles: true), inWatts: true);
        Report(site, _now, 20, 20, 20);

        site.Measured([20_000], _now);

        Assert.Equal([20_000 - 3 * 230 * 20], Load(site));
    }

    private double[] Load(SiteControl site)
    {
        site.Step(Limit, _now);
        return [.. site.View(LimitOrigin.Static, 100, _now)!.Rows.Select(row => Math.Round(row.BaseLoad, 6))];
    }

    private double[] Free(SiteControl site)
    {
        site.Step(Limit, _now);
        return [.. site.View(LimitOrigin.Static, 100, _now)!.Rows.Select(row => Math.Round(row.Free, 6))];
    }

    private double Held(SiteControl site)
    {
        site.Step(Limit, _now);
        return site.View(LimitOrigin.Static, 100, _now)!.Connectors.Single().Limit;
    }

    private void Report(SiteControl site, DateTimeOffset? at = null, params ImmutableArray<double?> currents) => site.Report(
        new ChargerImage(
            "A", 1, true, ++_reports, LimitTraits.Plain, [new ConnectorImage(1, 5, "Charging", currents.Max(), null, at, Currents: currents)], _charger),
        _now);

    private void Accept(SiteControl site)
    {
        foreach (var order in site.Step(Limit, _now).Orders)
        {
            site.End(order.Charger, order.Number, LimitOutcome.Accepted, _now);
        }
    }

    private static SiteControl Site(UncontrolledLoadSettings? load, bool inWatts = false) => new(
        SiteLayout.Of("S", inWatts, launch: null, new TreeSettings(BaseLoad: load), [
            new ChargerEnergy("A", new EnergySettings(), null, new Dictionary<int, EnergySettings> { [1] = new() })]),
        new SharingSettings(Enabled: true, IncreaseIntervalSeconds: 0, SettleSeconds: 5, DeadBand: 0.5, Hysteresis: 0),
        new OrderTimes(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)), epoch: 1);
}
