using EvCharge.Domain.Allocation.Sites;

namespace EvCharge.DomainTests.Allocation.Sites;

public sealed class TreeSettingsTests
{
    public static TheoryData<string, TreeSettings> Wrong => new()
    {
        { "voltage", new TreeSettings(Voltage: 5) },
        { "margin", new TreeSettings(Margin: 0.6) },
        { "nodes", new TreeSettings(Nodes: [new TreeNode("a"), new TreeNode("a")]) },
        { "nodes", new TreeSettings(Nodes: [new TreeNode("a", "b"), new TreeNode("b", "a")]) },
        { "nodes", new TreeSettings(Nodes: [new TreeNode("a", "a")]) },
        { "nodes[0].name", new TreeSettings(Nodes: [new TreeNode("")]) },
        { "nodes[0].parent", new TreeSettings(Nodes: [new TreeNode("a", "none")]) },
        { "nodes[1].maxCurrent", new TreeSettings(Nodes: [new TreeNode("a"), new TreeNode("b", MaxCurrent: 5)]) },
        { "nodes[0].maxPower", new TreeSettings(Nodes: [new TreeNode("a", MaxPower: 10)]) },
        { "nodes[1].chargers", new TreeSettings(Nodes: [new TreeNode("a", Chargers: ["1"]), new TreeNode("b", Chargers: ["2", "1"])]) },
        { "schedule", new TreeSettings(Schedule: [Monday(8), Monday(8)]) },
        { "schedule", new TreeSettings(Schedule: [Monday(8) with { Limit = -1 }]) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named(string field, TreeSettings tree) => Assert.Equal(field, Assert.Single(tree.Faults()).Field);

    [Fact]
    public void A_tree_of_feeders_and_panels_is_right()
    {
        var tree = new TreeSettings(
            230, 0.02, [new TreeNode("panel", "feeder", 40, 27_600, ["1", "2"]), new TreeNode("feeder", MaxCurrent: 80)], [Monday(8), Monday(18)]);

        Assert.Empty(tree.Faults());
        Assert.Equal(["feeder", "panel"], tree.InOrder().Select(node => node.Name));
    }

    private static ScheduledLimit Monday(int hour) => new(DayOfWeek.Monday, new TimeOnly(hour, 0), 60);
}
