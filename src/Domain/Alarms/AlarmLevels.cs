using System.Numerics;

namespace EvCharge.Domain.Alarms;

/// <summary>A set of alarm levels: 0, the least, to 29, the most severe.</summary>
/// <param name="Bits">Bit n stands for level n.</param>
public readonly record struct AlarmLevels(int Bits)
{
    public const int Highest = 29;

    public static readonly AlarmLevels None;
    public static readonly AlarmLevels All = UpTo(Highest);

    /// <summary>In order.</summary>
    public IReadOnlyList<int> Levels
    {
        get
        {
            var set = this;
            return [.. Enumerable.Range(0, Highest + 1).Where(set.Contains)];
        }
    }

    public int Count => BitOperations.PopCount((uint)Bits);

    /// <summary>Level 0 up to and with this one.</summary>
    public static AlarmLevels UpTo(int level) => new((int)((1u << (level + 1)) - 1));

    /// <exception cref="ArgumentOutOfRangeException">A level is none.</exception>
    public static AlarmLevels Of(IEnumerable<int> levels) => new(levels.Aggregate(0, (bits, level) =>
        level is >= 0 and <= Highest ? bits | (1 << level) : throw new ArgumentOutOfRangeException(nameof(levels), level, "Levels are 0 to 29.")));

    public bool Contains(int level) => level is >= 0 and <= Highest && (Bits & (1 << level)) != 0;

    public bool IsWithin(AlarmLevels other) => (Bits & ~other.Bits) == 0;
}
