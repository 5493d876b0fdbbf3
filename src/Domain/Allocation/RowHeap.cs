namespace EvCharge.Domain.Allocation;

/// <summary>Rows ordered by the level at which each is full; the level of a row may change at any time.</summary>
internal sealed class RowHeap
{
    private int[] _heap = [];
    private int[] _place = [];
    private double[] _level = [];
    private int _count;

    public bool IsEmpty => _count == 0;

    public int First => _heap[0];

    public double FirstLevel => _level[_heap[0]];

    /// <summary>Empties it, for rows with numbers below <paramref name="rows"/>.</summary>
    public void Clear(int rows)
    {
        if (_place.Length < rows)
        {
            (_heap, _place, _level) = (new int[rows], new int[rows], new double[rows]);
        }

        Array.Fill(_place, -1);
        _count = 0;
    }

    /// <summary>Puts a row at its level, or takes it out when that is infinite.</summary>
    public void Set(int row, double level)
    {
        var place = _place[row];
        if (double.IsPositiveInfinity(level))
        {
            if (place >= 0)
            {
                Remove(place);
            }

            return;
        }

        _level[row] = level;
        if (place < 0)
        {
            place = _count++;
            Put(row, place);
        }

        Down(Up(place));
    }

    private void Remove(int place)
    {
        _place[_heap[place]] = -1;
        _count--;
        if (place < _count)
        {
            Put(_heap[_count], place);
            Down(Up(place));
        }
    }

    private int Up(int place)
    {
        var row = _heap[place];
        while (place > 0 && IsBefore(row, _heap[(place - 1) / 2]))
        {
            Put(_heap[(place - 1) / 2], place);
            place = (place - 1) / 2;
        }

        Put(row, place);
        return place;
    }

    private void Down(int place)
    {
        var row = _heap[place];
        while (true)
        {
            var child = (2 * place) + 1;
            if (child + 1 < _count && IsBefore(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (child >= _count || !IsBefore(_heap[child], row))
            {
                break;
            }

            Put(_heap[child], place);
            place = child;
        }

        Put(row, place);
    }

    private bool IsBefore(int row, int other) =>
        _level[row] < _level[other] || (_level[row] == _level[other] && row < other);

    private void Put(int row, int place)
    {
        _heap[place] = row;
        _place[row] = place;
    }
}
