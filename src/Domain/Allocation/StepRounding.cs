using System.Runtime.InteropServices;

namespace EvCharge.Domain.Allocation;

/// <summary>
/// Brings currents to multiples of each connector's step: down, and then whole steps back to those that lost the most, where
/// their rows allow it.
/// </summary>
internal sealed class StepRounding
{
    private const double Tolerance = 1e-6;
    private readonly List<int> _order = [];
    private double[] _lost = [];
    private int[] _ids = [];

    /// <param name="currents">By connector; those above 0 are at least the least in steps.</param>
    /// <param name="upper">By connector: up to where the rest of a step is given back.</param>
    public void Round(RowUse rows, ReadOnlySpan<Demand> demands, Span<double> currents, ReadOnlySpan<double> upper)
    {
        if (_lost.Length < demands.Length)
        {
            _lost = new double[demands.Length];
        }

        _order.Clear();
        for (var connector = 0; connector < demands.Length; connector++)
        {
            var step = demands[connector].Step;
            var rounded = Math.Floor((currents[connector] / step) + Tolerance) * step;
            // To a hundred-thousandth: below is what sums of doubles leave, and no order.
            _lost[connector] = Math.Round(currents[connector] - rounded, 5);
            if (currents[connector] > 0)
            {
                rows.Take(connector, rounded - currents[connector]);
                currents[connector] = rounded;
                if (_lost[connector] > Tolerance)
                {
                    _order.Add(connector);
                }
            }
        }

        GiveBack(rows, demands, currents, upper);
    }

    private void GiveBack(RowUse rows, ReadOnlySpan<Demand> demands, Span<double> currents, ReadOnlySpan<double> upper)
    {
        var (lost, ids) = (_lost, Ids(demands));
        _order.Sort((one, other) => lost[one] != lost[other] ? lost[other].CompareTo(lost[one]) : ids[one].CompareTo(ids[other]));
        foreach (var connector in CollectionsMarshal.AsSpan(_order))
        {
            var step = demands[connector].Step;
            if (currents[connector] + step <= upper[connector] + Tolerance && rows.Fits(connector, step))
            {
                rows.Take(connector, step);
                currents[connector] += step;
            }
        }
    }

    private int[] Ids(ReadOnlySpan<Demand> demands)
    {
        if (_ids.Length < demands.Length)
        {
            _ids = new int[demands.Length];
        }

        for (var connector = 0; connector < demands.Length; connector++)
        {
            _ids[connector] = demands[connector].Id;
        }

        return _ids;
    }
}
