using System.Runtime.InteropServices;

namespace EvCharge.Domain.Allocation;

/// <summary>Who has to wait for whom on chargers of which one connector at a time charges.</summary>
internal sealed class Turns
{
    private static readonly List<int> Nobody = [];

    private readonly Dictionary<int, List<int>> _byNode = [];

    /// <param name="connectors">Of a site.</param>
    public Turns(ReadOnlySpan<Controlled> connectors)
    {
        for (var connector = 0; connector < connectors.Length; connector++)
        {
            if (connectors[connector].Demand is { TakesTurns: true, Kind: not DemandKind.Idle } vehicle)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(_byNode, vehicle.Node, out _) ??= []).Add(connector);
            }
        }
    }

    /// <summary>Whether another vehicle of its charger is to charge.</summary>
    /// <param name="targets">By connector, in A.</param>
    public bool Yields(int connector, ReadOnlySpan<Controlled> connectors, ReadOnlySpan<double> targets)
    {
        foreach (var other in Others(connectors[connector].Demand))
        {
            if (other != connector && targets[other] > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether another vehicle of its charger may still draw something.</summary>
    public bool MustWait(int connector, ReadOnlySpan<Controlled> connectors)
    {
        foreach (var other in Others(connectors[connector].Demand))
        {
            if (other != connector && connectors[other].InForce.High > 0)
            {
                return true;
            }
        }

        return false;
    }

    private List<int> Others(in Demand demand) => demand.TakesTurns && _byNode.TryGetValue(demand.Node, out var all) ? all : Nobody;
}
