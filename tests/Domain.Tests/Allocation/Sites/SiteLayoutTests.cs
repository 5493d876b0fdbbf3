using EvCharge.Domain.Allocation;
using EvCharge.Domain.Allocation.Limits;
using EvCharge.Domain.Allocation.Sites;

namespace EvCharge.DomainTests.Allocation.Sites;

public sealed class SiteLayoutTests
{
    private static readonly SiteLoad Nobody = new(null);
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Chargers_hang_where_the_tree_says_and_the_rest_on_the_site()
    {
        var tree = new TreeSettings(Nodes:
        [
            new TreeNode("Deck", Parent: "Garage", MaxCurrent: 40, Chargers: ["B"]),
            new TreeNode("Garage", MaxCurrent: 80, MaxPower: 50_000),
        ]);

        var layout = SiteLayout.Of("S", inWatts: false, launch: null, tree, [Charger("A"), Charger("B")]);

        Assert.Equal(["S", "Garage", "Deck", "A", "B"], Enumerable.Range(0, layout.Tree.Nodes).Select(node => layout.Tree[node].Name));
        Assert.Equal([-1, 0, 1, 0, 2], Enumerable.Range(0, layout.Tree.Nodes).Select(layout.Tree.Parent));
        var limits = layout.Limits(new NodeLimit { Static = 100 }, Nobody, Now);
        Assert.Equal(99, limits[LimitTree.Row(0, 0)], 6);
        Assert.Equal(double.PositiveInfinity, limits[LimitTree.Row(0, LimitTree.PowerRow)]);
        Assert.Equal(79.2, limits[LimitTree.Row(1, 2)], 6);
        Assert.Equal(49_500, limits[LimitTree.Row(1, LimitTree.PowerRow)], 6);
        Assert.Equal(39.6, limits[LimitTree.Row(2, 1)], 6);
    }

    [Fact]
    public void A_limit_in_W_is_one_of_power()
    {
        var layout = SiteLayout.Of("S", inWatts: true, launch: null, new TreeSettings(Margin: 0), [Charger("A")]);

        var limits = layout.Limits(new NodeLimit { Static = 22_000 }, Nobody, Now);

        Assert.Equal(22_000, limits[LimitTree.Row(0, LimitTree.PowerRow)]);
        Assert.Equal(double.PositiveInfinity, limits[LimitTree.Row(0, 0)]);
    }

    [Theory]
    [InlineData(null)] // Independent connectors: each has its own fuse.
    [InlineData("Independent")]
    [InlineData("Shared")]
    public void A_charger_that_shares_is_limited_as_a_whole(string? sharing)
    {
        var charger = new ChargerEnergy("A", new EnergySettings(MaxCurrent: 16), sharing, Connectors(2));

        var layout = SiteLayout.Of("S", inWatts: false, launch: null, new TreeSettings(Margin: 0), [charger]);

        Assert.All(layout.Connectors, connector => Assert.Equal(16, connector.Settings.Most));
        var whole = layout.Limits(NodeLimit.None, Nobody, Now)[LimitTree.Row(1, 0)];
        Assert.Equal(sharing == "Shared" ? 16 : double.PositiveInfinity, whole);
    }

    [Theory]
    [InlineData(1, "RST", Phases.L1)]
    [InlineData(1, "STR", Phases.L2)]
    [InlineData(2, "TRS", Phases.L3 | Phases.L1)]
    [InlineData(1, "Unknown", Phases.All)]
    [InlineData(1, null, Phases.All)]
    [InlineData(3, "STR", Phases.All)]
    public void The_rotation_says_on_which_phases_a_vehicle_counts(int phases, string? rotation, Phases loaded)
    {
        var placed = Placed(new EnergySettings(Phases: phases, Rotation: rotation));

        Assert.Equal(loaded, placed.Settings.Phases);
        Assert.Equal(phases, placed.Settings.Conductors);
    }

    [Fact]
    public void What_is_worth_a_message_is_said_of_a_connector_or_of_its_charger_in_the_unit_of_the_site()
    {
        Assert.Null(Placed(new EnergySettings()).Settings.Changes);
        var charger = new ChargerEnergy(
            "A", new EnergySettings(DeadBand: 460, IncreaseIntervalSeconds: 5), null,
            new Dictionary<int, EnergySettings> { [1] = new(), [2] = new(DeadBand: 1_150, Hysteresis: 230) });

        var layout = SiteLayout.Of("S", inWatts: true, launch: null, new TreeSettings(), [charger]);

        Assert.Equal(new ChangeSettings(2, null, TimeSpan.FromSeconds(5)), layout.Connectors[0].Settings.Changes);
        Assert.Equal(new ChangeSettings(5, 1, TimeSpan.FromSeconds(5)), layout.Connectors[1].Settings.Changes);
    }

    [Fact]
    public void A_DC_connector_counts_by_its_power_and_what_is_lost_on_the_way()
    {
        var placed = Placed(new EnergySettings(MaxPower: 150_000, Current: "DC"));

        Assert.Equal(150_000 / (3 * 230 * 0.92), placed.Settings.Most, 6);
        Assert.Equal(150_000, placed.Settings.Most * placed.WattsPerAmpere, 6);
    }

    [Fact]
    public void What_is_not_said_of_a_connector_its_charger_says()
    {
        var charger = new ChargerEnergy(
            "A", new EnergySettings(MaxCurrent: 20, Priority: 3, HoldMinimum: true), null,
            new Dictionary<int, EnergySettings> { [1] = new(Priority: 7), [2] = new() });

        var layout = SiteLayout.Of("S", inWatts: false, launch: null, new TreeSettings(), [charger]);

        Assert.Equal([7, 3], layout.Connectors.Select(connector => connector.Settings.Priority));
        Assert.All(layout.Connectors, connector => Assert.True(connector.Settings is { Most: 20, HoldsMinimum: true }));
    }

    [Fact]
    public void Limits_in_W_are_in_steps_of_the_charger_and_no_less_than_it_takes()
    {
        var traits = new LimitTraits("W", Minimum: 4_600, Step: 690, OneProfile: true, ZeroAllowed: false);

        var settings = Placed(new EnergySettings()).With(traits);

        Assert.Equal(1, settings.Step, 6);
        Assert.Equal(4_600 / 690.0, settings.Minimum, 6);
        Assert.Equal(7, settings.Launch, 6);
        Assert.True(settings is { OneProfile: true, HoldsMinimum: true });
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(3.0, 6.0)] // A vehicle draws no less.
    [InlineData(10.0, 10.0)]
    [InlineData(99.0, 32.0)]
    public void Launch_energy_is_nothing_or_what_a_vehicle_can_start_with(double configured, double launch) =>
        Assert.Equal(launch, Placed(new EnergySettings(LaunchEnergy: configured)).Settings.Launch, 6);

    private static PlacedConnector Placed(EnergySettings settings) => Assert.Single(SiteLayout.Of(
        "S", inWatts: false, launch: null, new TreeSettings(), [new ChargerEnergy("A", settings, null, Connectors(1))]).Connectors);

    private static ChargerEnergy Charger(string name) => new(name, new EnergySettings(), null, Connectors(1));

    private static Dictionary<int, EnergySettings> Connectors(int count) =>
        Enumerable.Range(1, count).ToDictionary(number => number, _ => new EnergySettings());
}
