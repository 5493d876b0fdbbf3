using System.Collections.Immutable;
using EvCharge.Contracts.Frames;

namespace EvCharge.Grains.Frames;

/// <summary>Where the record and a replay differ.</summary>
internal sealed class ReplayComparison
{
    /// <summary>Differences that are told one by one.</summary>
    private const int MostTold = 100;

    /// <summary>Longest value that is told, in characters.</summary>
    private const int MostValue = 500;

    private readonly ImmutableArray<ReplayDifference>.Builder _told = ImmutableArray.CreateBuilder<ReplayDifference>();

    public int Count { get; private set; }

    public ImmutableArray<ReplayDifference> Told => _told.ToImmutable();

    public void Add(string subject, long id, string member, string? stored, string? replayed)
    {
        Count++;
        if (_told.Count < MostTold)
        {
            _told.Add(new ReplayDifference(subject, id, member, Short(stored), Short(replayed)));
        }
    }

    /// <summary>Compares fact by fact, and of equal ones member by member.</summary>
    public void Compare(IReadOnlyList<FactText> stored, IReadOnlyList<FactText> replayed)
    {
        var left = replayed.ToDictionary(fact => (fact.Subject, fact.Id, fact.Key));
        foreach (var fact in stored)
        {
            if (!left.Remove((fact.Subject, fact.Id, fact.Key), out var other))
            {
                Add(fact.Subject, fact.Id, "", Describe(fact), null);
                continue;
            }

            foreach (var (one, two) in fact.Members.Zip(other.Members).Where(pair => pair.First.Value != pair.Second.Value))
            {
                Add(fact.Subject, fact.Id, one.Name, one.Value, two.Value);
            }
        }

        foreach (var fact in left.Values)
        {
            Add(fact.Subject, fact.Id, "", null, Describe(fact));
        }
    }

    private static string Describe(FactText fact) => string.Join(' ', fact.Members.Select(member => $"{member.Name}={member.Value}"));

    private static string? Short(string? value) => value is { Length: > MostValue } ? value[..MostValue] : value;
}
