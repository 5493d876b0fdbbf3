using System.Collections;

namespace EvCharge.Ocpp;

/// <summary>What was odd about a payload and yet could be read.</summary>
/// <param name="Rule">One of <see cref="DeviationRule"/>.</param>
/// <param name="Field">JSON path, <c>meterValue[0].timestamp</c>.</param>
/// <param name="Example">What the charger sent, shortened.</param>
public readonly record struct Deviation(string Rule, string Field, string Example);

/// <summary>The deviations of one or more payloads: the first <see cref="Capacity"/>, and how many there were.</summary>
public sealed class DeviationList : IReadOnlyCollection<Deviation>
{
    public const int Capacity = 20;

    private List<Deviation>? _kept;

    /// <summary>How many are kept.</summary>
    public int Count => _kept?.Count ?? 0;

    /// <summary>How many there were.</summary>
    public int Total { get; private set; }

    public void Add(Deviation deviation)
    {
        Total++;
        if (Count < Capacity)
        {
            (_kept ??= []).Add(deviation);
        }
    }

    public IEnumerator<Deviation> GetEnumerator() => (_kept ?? []).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
