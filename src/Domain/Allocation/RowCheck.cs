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

        var (worst, excess, most) = (-1, 0.0, 0.0);
        for (var row = 0; row < sums.Length; row++)
        {
            var over = sums[row] - limits[row];
            var relative = over / Math.Max(1, Math.Abs(limits[row]));
            if (relative > Tolerance && relative > most)
            {
                (worst, excess, most) = (row, over, relative);
            }
        }

        return (worst, excess);
    }
}
