namespace EvCharge.Domain.Allocation;

/// <summary>
/// Weighted max-min filling: a water level rises from zero, and each connector gets its weight times the level, but no less
/// than it has and no more than it may. Whoever hangs on a row that is full stops there; the others rise on. The level passes
/// from event to event, of which there are two for each connector and one for each row (progressive filling: Bertsekas and
/// Gallager, Data Networks, §6.5.2).
/// </summary>
internal sealed class WaterFill
{
    /// <summary>Slopes below it are what the rounding of sums left.</summary>
    private const double Flat = 1e-9;

    private readonly RowHeap _full = new();
    private double[] _levels = [];
    private int[] _events = [];
    private double[] _left = [];
    private double[] _slope = [];
    private double[] _at = [];
    private bool[] _saturated = [];
    private int[] _heads = [];
    private int[] _next = [];
    private int[] _nextMember = [];
    private int _links;
    private State[] _state = [];

    private enum State : byte
    {
        Waiting,
        Rising,
        Done,
    }

    /// <summary>Raises the currents of the members; what they have is taken from the rows already.</summary>
    /// <param name="members">Numbers of connectors, each once.</param>
    /// <param name="upper">By connector: up to where.</param>
    /// <param name="demands">For the weights.</param>
    /// <param name="currents">By connector: what it has, and then gets.</param>
    /// <param name="bound">By connector: the row that stopped it, or -1 when it got all.</param>
    public void Fill(
        RowUse rows, ReadOnlySpan<int> members, ReadOnlySpan<double> upper, ReadOnlySpan<Demand> demands, Span<double> currents, Span<int> bound)
    {
        Begin(rows, demands.Length);
        var events = Events(rows, members, upper, demands, currents, bound);
        var next = 0;
        while (next < events || !_full.IsEmpty)
        {
            if (next < events && (_full.IsEmpty || _levels[next] <= _full.FirstLevel))
            {
                var connector = _events[next] >> 1;
                var caps = (_events[next] & 1) != 0;
                Connector(rows, connector, caps, _levels[next], in demands[connector], upper[connector], currents, bound);
                next++;
            }
            else
            {
                Saturate(rows, _full.First, _full.FirstLevel, demands, currents, bound);
            }
        }
    }

    private void Begin(RowUse rows, int connectors)
    {
        var count = rows.Left.Length;
        if (_left.Length != count)
        {
            (_left, _slope, _at, _saturated, _heads) =
                (new double[count], new double[count], new double[count], new bool[count], new int[count]);
        }

        if (_state.Length < connectors)
        {
            (_state, _levels, _events) = (new State[connectors], new double[2 * connectors], new int[2 * connectors]);
        }

        rows.Left.CopyTo(_left);
        Array.Clear(_slope);
        Array.Clear(_at);
        Array.Clear(_saturated);
        Array.Fill(_heads, -1);
        Array.Fill(_state, State.Done);
        _links = 0;
        _full.Clear(count);
    }

    /// <summary>When each member begins to rise and when it has all; the rows learn who hangs on them.</summary>
    private int Events(
        RowUse rows, ReadOnlySpan<int> members, ReadOnlySpan<double> upper, ReadOnlySpan<Demand> demands, ReadOnlySpan<double> currents, Span<int> bound)
    {
        var count = 0;
        foreach (var connector in members)
        {
            if (upper[connector] <= currents[connector])
            {
                bound[connector] = -1;
                continue;
            }

            var weight = demands[connector].Weight;
            _state[connector] = State.Waiting;
            (_levels[count], _events[count]) = (currents[connector] / weight, connector << 1);
            (_levels[count + 1], _events[count + 1]) = (upper[connector] / weight, (connector << 1) | 1);
            count += 2;
            foreach (var (row, _) in rows.Of(connector))
            {
                Link(row, connector);
            }
        }

        Array.Sort(_levels, _events, 0, count);
        return count;
    }

    private void Link(int row, int connector)
    {
        if (_links == _next.Length)
        {
            Array.Resize(ref _next, Math.Max(256, 2 * _links));
            Array.Resize(ref _nextMember, _next.Length);
        }

        (_next[_links], _nextMember[_links]) = (_heads[row], connector);
        _heads[row] = _links++;
    }

    private void Connector(
        RowUse rows, int connector, bool caps, double level, in Demand demand, double upper, Span<double> currents, Span<int> bound)
    {
        if (!caps && _state[connector] == State.Waiting)
        {
            foreach (var (row, _) in rows.Of(connector))
            {
                if (_saturated[row])
                {
                    (_state[connector], bound[connector]) = (State.Done, row);
                    return;
                }
            }

            _state[connector] = State.Rising;
            Lean(rows, connector, demand.Weight, level);
        }
        else if (caps && _state[connector] == State.Rising)
        {
            Stop(rows, connector, in demand, level, upper, -1, currents, bound);
        }
    }

    /// <summary>The row is full: all that rise on it stop.</summary>
    private void Saturate(RowUse rows, int row, double level, ReadOnlySpan<Demand> demands, Span<double> currents, Span<int> bound)
    {
        _saturated[row] = true;
        for (var link = _heads[row]; link >= 0; link = _next[link])
        {
            var connector = _nextMember[link];
            if (_state[connector] == State.Rising)
            {
                ref readonly var demand = ref demands[connector];
                Stop(rows, connector, in demand, level, Math.Max(currents[connector], demand.Weight * level), row, currents, bound);
            }
        }

        _full.Set(row, double.PositiveInfinity);
    }

    private void Stop(
        RowUse rows, int connector, in Demand demand, double level, double current, int row, Span<double> currents, Span<int> bound)
    {
        _state[connector] = State.Done;
        bound[connector] = row;
        Lean(rows, connector, -demand.Weight, level);
        rows.Take(connector, current - currents[connector]);
        currents[connector] = current;
    }

    /// <summary>From this level on the rows of the connector fill faster, or slower, by its weight.</summary>
    private void Lean(RowUse rows, int connector, double weight, double level)
    {
        foreach (var (row, share) in rows.Of(connector))
        {
            _left[row] -= _slope[row] * (level - _at[row]);
            _at[row] = level;
            _slope[row] += share * weight;
            if (!_saturated[row])
            {
                var full = _slope[row] > Flat ? Math.Max(level, level + (_left[row] / _slope[row])) : double.PositiveInfinity;
                _full.Set(row, full);
            }
        }
    }
}
