namespace EvCharge.Domain.Allocation.Limits;

/// <summary>From a moment of the week on.</summary>
/// <param name="Value">In the unit of the limit; null for no limit.</param>
public sealed record WeeklyEntry(DayOfWeek Day, TimeOnly From, double? Value)
{
    /// <summary>Since Sunday, 0:00.</summary>
    internal TimeSpan SinceSunday => TimeSpan.FromDays((int)Day) + From.ToTimeSpan();
}

/// <summary>
/// A limit by the time of the week, in local time: each entry holds until the next one, the last of the week until the first. The
/// hour that a change of the clock repeats has the same entries twice, and those of the one that it leaves out are left out.
/// </summary>
public sealed class WeeklyTable
{
    private readonly WeeklyEntry[] _entries;

    /// <exception cref="ArgumentException">There is no entry, two begin at the same time, or a value is negative or no number.</exception>
    public WeeklyTable(IEnumerable<WeeklyEntry> entries)
    {
        _entries = [.. entries.OrderBy(entry => entry.SinceSunday)];
        if (_entries.Length == 0)
        {
            throw new ArgumentException("The table has no entry.", nameof(entries));
        }

        for (var entry = 0; entry < _entries.Length; entry++)
        {
            if (_entries[entry].Value is { } value && !(value >= 0 && double.IsFinite(value)))
            {
                throw new ArgumentException($"{_entries[entry].Value} is no limit.", nameof(entries));
            }

            if (entry > 0 && _entries[entry].SinceSunday == _entries[entry - 1].SinceSunday)
            {
                throw new ArgumentException($"Two entries begin on {_entries[entry].Day} at {_entries[entry].From:HH':'mm}.", nameof(entries));
            }
        }
    }

    public IReadOnlyList<WeeklyEntry> Entries => _entries;

    /// <param name="local">Its clock and day of the week are what counts.</param>
    /// <returns>Null for no limit.</returns>
    public double? At(DateTimeOffset local)
    {
        var since = TimeSpan.FromDays((int)local.DayOfWeek) + local.TimeOfDay;
        var holds = _entries[^1];
        foreach (var entry in _entries)
        {
            if (entry.SinceSunday > since)
            {
                break;
            }

            holds = entry;
        }

        return holds.Value;
    }
}
