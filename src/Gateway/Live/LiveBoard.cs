using System.Globalization;
using System.Security.Cryptography;

namespace EvCharge.Gateway.Live;

/// <summary>
/// The picture of a topic as it was last looked at. Each row carries the number of the look that changed it, so that what is
/// new to a reader follows from the number that the reader has: nothing is kept by reader, and one that was away for long or
/// is slow gets what is newest and nothing between.
/// </summary>
internal sealed class LiveBoard(string topic)
{
    private readonly Lock _gate = new();
    private Row[]? _rows;
    private string _epoch = "";
    private long _look;
    private DateTimeOffset _at;
    private bool _rests;
    private TaskCompletionSource _next = NewNext();

    /// <summary>Ends with the next look.</summary>
    public Task Next
    {
        get
        {
            lock (_gate)
            {
                return _next.Task;
            }
        }
    }

    /// <summary>Takes what was seen. Another list of things than before is another board to its readers.</summary>
    public void Show(DateTimeOffset at, IReadOnlyList<LiveRow> seen)
    {
        TaskCompletionSource looked;
        lock (_gate)
        {
            _look++;
            _at = at;
            _rests = false;
            if (_rows is null || !_rows.Select(row => row.Key).SequenceEqual(seen.Select(row => row.Key), StringComparer.Ordinal))
            {
                _epoch = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
                _rows = [.. seen.Select(row => new Row(row.Key, row.Cells, _look))];
            }
            else
            {
                for (var index = 0; index < seen.Count; index++)
                {
                    if (!_rows[index].Cells.AsSpan().SequenceEqual(seen[index].Cells))
                    {
                        _rows[index] = new Row(seen[index].Key, seen[index].Cells, _look);
                    }
                }
            }

            (looked, _next) = (_next, NewNext());
        }

        looked.SetResult();
    }

    /// <summary>Says that nobody looks for now: what is shown grows old, and nobody is to be told of it until the next look.</summary>
    public void Rest()
    {
        lock (_gate)
        {
            _rests = true;
        }
    }

    /// <summary>What a reader lacks, and the place it is at with it; null before the first look, and before the next after a rest.</summary>
    /// <param name="place">Where the reader is, by its last frame; one of another board counts as none.</param>
    public (LiveFrame Frame, string Place)? After(string? place)
    {
        lock (_gate)
        {
            if (_rows is null || _rests)
            {
                return null;
            }

            var here = string.Create(CultureInfo.InvariantCulture, $"{_epoch}-{_look}");
            if (place?.Split('-') is [var epoch, var number] && epoch == _epoch
                && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var look) && look <= _look)
            {
                var changes = _rows.Index().Where(row => row.Item.Look > look).Select(row => (object?[])[row.Index, .. row.Item.Cells]).ToArray();
                return (new LiveFrame(topic, _at, null, null, changes), here);
            }

            return (new LiveFrame(topic, _at, [.. _rows.Select(row => row.Key)], [.. _rows.Select(row => row.Cells)], null), here);
        }
    }

    private static TaskCompletionSource NewNext() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly record struct Row(string Key, object?[] Cells, long Look);
}

/// <summary>What was seen of a thing.</summary>
/// <param name="Key">Its name; of a connector with its number behind a slash.</param>
/// <param name="Cells">Numbers, words and nulls.</param>
internal readonly record struct LiveRow(string Key, object?[] Cells);

/// <summary>A frame of the stream: all of a topic with its keys, or what changed.</summary>
/// <param name="At">When that was so.</param>
/// <param name="Keys">Of all rows, in their order; with <paramref name="Rows"/>.</param>
/// <param name="Rows">The cells of all rows.</param>
/// <param name="Changes">Of each row that changed, its place in the order and behind that its cells.</param>
public sealed record LiveFrame(
    string Topic, DateTimeOffset At, IReadOnlyList<string>? Keys, IReadOnlyList<object?[]>? Rows, IReadOnlyList<object?[]>? Changes)
{
    internal bool IsNews => Changes is not { Count: 0 };
}
