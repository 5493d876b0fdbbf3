using System.Runtime.InteropServices;

namespace EvCharge.Domain.Allocation;

/// <summary>
/// Which rows of the tree each connector loads, and what is left of them. Rows without a limit are left out. Its memory is
/// used again by the next plan.
/// </summary>
internal sealed class RowUse
{
    private readonly List<(int Row, double Share)> _paths = [];
    private readonly List<int> _starts = [];
    private double[] _left = [];

    /// <summary>What is left of each row; below 0 where more is taken than there is.</summary>
    public ReadOnlySpan<double> Left => _left;

    /// <param name="limits">By row, in A and W; infinite for none.</param>
    public void Begin(LimitTree tree, ReadOnlySpan<double> limits, ReadOnlySpan<Demand> demands)
    {
        if (_left.Length != limits.Length)
        {
            _left = new double[limits.Length];
        }

        limits.CopyTo(_left);
        _paths.Clear();
        _starts.Clear();
        foreach (ref readonly var demand in demands)
        {
            _starts.Add(_paths.Count);
            for (var node = demand.Node; node >= 0; node = tree.Parent(node))
            {
                for (var part = 0; part < LimitTree.RowsPerNode; part++)
                {
                    var row = LimitTree.Row(node, part);
                    var share = tree.Share(row, demand.Phases, demand.Conductors);
                    if (share > 0 && double.IsFinite(limits[row]))
                    {
                        _paths.Add((row, share));
                    }
                }
            }
        }

        _starts.Add(_paths.Count);
    }

    /// <summary>The limited rows that a connector loads, with what 1 A of it takes of each.</summary>
    public ReadOnlySpan<(int Row, double Share)> Of(int connector) =>
        CollectionsMarshal.AsSpan(_paths)[_starts[connector].._starts[connector + 1]];

    /// <summary>Whether that much more fits on all of its rows.</summary>
    public bool Fits(int connector, double current)
    {
        foreach (var (row, share) in Of(connector))
        {
            if (share * current > _left[row] + Slack(row))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes that much from all of its rows, or gives it back when it is negative.</summary>
    public void Take(int connector, double current)
    {
        foreach (var (row, share) in Of(connector))
        {
            _left[row] -= share * current;
        }
    }

    public void Keep(int row, double reserve) => _left[row] -= reserve;

    /// <summary>What sums of doubles leave, far below a step of the limits, in the row's unit.</summary>
    private static double Slack(int row) => row % LimitTree.RowsPerNode == LimitTree.PowerRow ? 5e-4 : 1e-6;
}
