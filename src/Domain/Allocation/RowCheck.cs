namespace EvCharge.Domain.Allocation;

/// <summary>
/// Whether currents stay within the limits, worked out anew from the tree: nothing of the allocation's own sums is used, so
/// that a mistake in them cannot hide here.
/// </summary>
public static class RowCheck
{
    /// <summary>Rounding of the sums of doubles, by part of the limit.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>The row that is exceeded the most for its size, and by how much in A or W; row -1 when none is.</summary>
    /// <param name="limits">By row of the tree.</param>
    /// <param name="demands">For the nodes and phases.</param>
    /// <param name="currents">In the order of the demands, in A on each loaded phase.</param>
    public static (int Row, double Excess) Worst(
        LimitTree tree, ReadOnlySpan<double> limits, ReadOnlySpan<Demand> demands, ReadOnlySpan<double> currents)
    {
        var sums = Sums(tree, demands, currents);
        var (worst, excess, most) = (-1, 0.0, 0.0);
        for (var row = 0; row < sums.Length; row++)
        {
            var over = sums[row] - limits[row];
            var relative = Relative(over, limits[row]);
            if (relative > Tolerance && relative > most)
            {
                (worst, excess, most) = (row, over, relative);
            }
        }

        return (worst, excess);
    }

    /// <summary>A row that is exceeded with the currents that come, and by more than with those that were; -1 when none is.</summary>
    public static int Worsened(
        LimitTree tree, ReadOnlySpan<double> limits, ReadOnlySpan<Demand> demands, ReadOnlySpan<double> before, ReadOnlySpan<double> after)
    {
        var (were, come) = (Sums(tree, demands, before), Sums(tree, demands, after));
        for (var row = 0; row < come.Length; row++)
        {
            if (Relative(come[row] - limits[row], limits[row]) > Tolerance && Relative(come[row] - were[row], limits[row]) > Tolerance)
            {
                return row;
            }
        }

        return -1;
    }

    private static double Relative(double difference, double limit) => difference / Math.Max(1, Math.Abs(limit));

    private static double[] Sums(LimitTree tree, ReadOnlySpan<Demand> demands, ReadOnlySpan<double> currents)
    {
        var sums = new double[tree.Rows];
        for (var connector = 0; connector < demands.Length; connector++)
        {
            for (var node = demands[connector].Node; node >= 0; node = tree.Parent(node))
            {
                for (var part = 0; part < LimitTree.RowsPerNode; part++)
                {
                    var row = LimitTree.Row(node, part);
                    sums[row] += tree.Share(row, demands[connector].Phases, demands[connector].Conductors) * currents[connector];
                }
            }
        }

        return sums;
    }
}
