namespace EvCharge.Domain.Allocation.Sites;

/// <summary>The supply below the grid connection, as it is configured.</summary>
/// <param name="Voltage">Nominal, of one phase against neutral, in V; null for 230.</param>
/// <param name="Margin">The part of each limit that is kept free, 0 to 0.5; null for 0.01.</param>
/// <param name="Nodes">Feeders and panels in any order; chargers that none of them names hang on the site.</param>
/// <param name="Schedule">The limit at the grid connection by the time of the week, in the site's time and unit; null for none.</param>
/// <param name="BaseLoad">What others than vehicles take there; null for nothing.</param>
public sealed record TreeSettings(
    double? Voltage = null, double? Margin = null, IReadOnlyList<TreeNode>? Nodes = null, IReadOnlyList<ScheduledLimit>? Schedule = null,
    UncontrolledLoadSettings? BaseLoad = null)
{
    public const int MostScheduled = 7 * 24 * 60;
    public const int MostNodes = 1_000;
    private const int LongestName = 100;

    /// <summary>What is wrong with it, by member; empty when nothing is.</summary>
    public IReadOnlyList<(string Field, string Rule)> Faults()
    {
        var faults = new List<(string Field, string Rule)>();
        void Must(bool holds, string field, string rule)
        {
            if (!holds)
            {
                faults.Add((field, rule));
            }
        }

        var nodes = Nodes ?? [];
        Must(Voltage is null or (>= 50 and <= 1000), "voltage", "must be 50 to 1000 V");
        Must(Margin is null or (>= 0 and <= 0.5), "margin", "must be 0 to 0.5");
        Must(nodes.Count <= MostNodes, "nodes", $"must be at most {MostNodes}");
        var entries = Schedule ?? [];
        Must(entries.Count <= MostScheduled, "schedule", $"must be at most {MostScheduled}");
        Must(entries.Select(entry => (entry.Day, entry.From)).Distinct().Count() == entries.Count, "schedule", "must begin at different times");
        Must(entries.All(entry => entry.Limit is null or (>= 0 and <= 100_000_000)), "schedule", "must have limits of 0 to 100000000");
        Must(BaseLoad is null or { WorstCase: >= 0 and <= 100_000_000 }, "baseLoad.worstCase", "must be 0 to 100000000");
        Must(BaseLoad?.WindowSeconds is null or (>= 0 and <= 3_600), "baseLoad.windowSeconds", "must be 0 to 3600 s");
        Must(BaseLoad?.StaleSeconds is null or (>= 1 and <= 3_600), "baseLoad.staleSeconds", "must be 1 to 3600 s");
        if (faults.Count > 0)
        {
            return faults;
        }
        var names = nodes.Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        var chargers = new HashSet<string>(StringComparer.Ordinal);
        Must(names.Count == nodes.Count, "nodes", "must have different names");
        for (var index = 0; index < nodes.Count; index++)
        {
            var (node, path) = (nodes[index], $"nodes[{index}]");
            Must(node.Name is { Length: > 0 and <= LongestName }, $"{path}.name", $"must be 1 to {LongestName} characters");
            Must(node.Parent is null || names.Contains(node.Parent), $"{path}.parent", "must be the name of a node, or absent below the site");
            Must(node.MaxCurrent is null or (>= 6 and <= 100_000), $"{path}.maxCurrent", "must be 6 to 100000 A: no vehicle charges with less than 6");
            Must(node.MaxPower is null or (>= 1_000 and <= 100_000_000), $"{path}.maxPower", "must be 1000 to 100000000 W");
            Must((node.Chargers ?? []).All(chargers.Add), $"{path}.chargers", "must name each charger once in the whole tree");
        }
        Must(faults.Count > 0 || InOrder().Count == nodes.Count, "nodes", "must not be below themselves");
        return faults;
    }

    /// <summary>The nodes, each after its parent; without those that hang on a circle.</summary>
    public IReadOnlyList<TreeNode> InOrder()
    {
        var children = (Nodes ?? []).ToLookup(node => node.Parent, StringComparer.Ordinal);
        var ordered = new List<TreeNode>(children[null]);
        for (var next = 0; next < ordered.Count; next++)
        {
            ordered.AddRange(children[ordered[next].Name]);
        }
        return ordered;
    }
}

/// <summary>A feeder or panel.</summary>
/// <param name="Parent">The name of the node above; null for the site.</param>
/// <param name="MaxCurrent">In A on each phase; null for no limit.</param>
/// <param name="MaxPower">In W on all phases together; null for no limit.</param>
/// <param name="Chargers">Those that hang on it directly.</param>
public sealed record TreeNode(
    string Name, string? Parent = null, double? MaxCurrent = null, double? MaxPower = null, IReadOnlyList<string>? Chargers = null);

/// <summary>From a moment of the week on, until the next.</summary>
/// <param name="From">Hour and minute.</param>
/// <param name="Limit">In the site's unit; null for none.</param>
public sealed record ScheduledLimit(DayOfWeek Day, TimeOnly From, double? Limit);
