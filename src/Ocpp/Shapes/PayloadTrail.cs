using System.Globalization;
using System.Text;

namespace EvCharge.Ocpp.Shapes;

/// <summary>Where in a payload a reading or writing stands, and what it says about what it finds there.</summary>
/// <param name="deviations">Where oddities go; null when none is tolerated.</param>
internal sealed class PayloadTrail(ReadOnlyMemory<byte> source, DeviationList? deviations)
{
    private const int LongestExample = 64;

    private readonly List<(string? Member, int Item)> steps = [];

    public ReadOnlyMemory<byte> Source { get; } = source;

    public bool Tolerant => deviations is not null;

    public int Depth => steps.Count;

    public string Path
    {
        get
        {
            var path = new StringBuilder();
            foreach (var (member, item) in steps)
            {
                _ = member is null
                    ? path.Append(CultureInfo.InvariantCulture, $"[{item}]")
                    : path.Append(path.Length == 0 ? "" : ".").Append(member);
            }

            return path.ToString();
        }
    }

    public void Enter(string member) => steps.Add((member, 0));

    public void Enter(int item) => steps.Add((null, item));

    public void Leave() => steps.RemoveAt(steps.Count - 1);

    /// <summary>Goes back to where the trail had <paramref name="depth"/> steps, after a fault further in.</summary>
    public void ReturnTo(int depth) => steps.RemoveRange(depth, steps.Count - depth);

    /// <summary>Notes an oddity that can be read; where none is tolerated it is a fault of that code.</summary>
    public void Odd(string rule, string code, ReadOnlySpan<char> example)
    {
        if (deviations is null)
        {
            throw Fault(code, rule);
        }

        if (deviations.Count == DeviationList.Capacity)
        {
            deviations.Add(default);
            return;
        }

        var shown = example.Length > LongestExample ? example[..LongestExample] : example;
        deviations.Add(new Deviation(rule, Path, ControlCharacters.Without(shown.ToString())));
    }

    public OcppFault Fault(string code, string what)
    {
        var path = Path;
        return new OcppFault(code, path.Length == 0 ? what : $"{path}: {what}", path.Length == 0 ? null : path);
    }
}
