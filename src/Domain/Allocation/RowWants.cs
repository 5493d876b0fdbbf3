namespace EvCharge.Domain.Allocation;

/// <summary>By row of a tree, how much more is wanted than is free.</summary>
internal sealed class RowWants
{
    /// <summary>What sums of doubles leave, in A.</summary>
    private const double Least = 1e-4;

    private readonly RowUse _rows;
    private readonly double[] _beyond;

    /// <param name="rows">With what may be in force taken from it.</param>
    public RowWants(RowUse rows)
    {
        _rows = rows;
        _beyond = new double[rows.Left.Length];
        for (var row = 0; row < _beyond.Length; row++)
        {
            _beyond[row] = -rows.Left[row];
        }
    }

    /// <summary>A connector wants more, or less, on all rows that it hangs on.</summary>
    public void Add(int connector, double current)
    {
        foreach (var (row, share) in _rows.Of(connector))
        {
            _beyond[row] += share * current;
        }
    }

    /// <summary>Whether more is wanted than is free on one of the rows that the connector hangs on.</summary>
    public bool Touch(int connector)
    {
        foreach (var (row, _) in _rows.Of(connector))
        {
            if (_beyond[row] > Least)
            {
                return true;
            }
        }

        return false;
    }
}
