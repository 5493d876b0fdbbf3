namespace EvCharge.Domain.Allocation;

/// <summary>A place in the supply through which currents pass: the site, a feeder, a charger, a connector.</summary>
/// <param name="Name">As the operator knows it.</param>
/// <param name="Parent">The number of the node above, which comes earlier; -1 for the site itself.</param>
public sealed record LimitNode(string Name, int Parent);

/// <summary>
/// What may pass through the nodes of a site just now. Each node has four rows: the current of L1, L2 and L3 in A, and the
/// power of all phases together in W. A row without a limit is infinite.
/// </summary>
public sealed class LimitTree
{
    /// <summary>Rows of one node.</summary>
    public const int RowsPerNode = 4;

    /// <summary>The row of the power, after those of the phases.</summary>
    public const int PowerRow = 3;

    private readonly LimitNode[] _nodes;

    /// <param name="nodes">Each after its parent, the site first.</param>
    /// <param name="voltage">Nominal, of one phase against neutral, in V.</param>
    /// <exception cref="ArgumentException">A parent does not come before its child, or the voltage is none.</exception>
    public LimitTree(IReadOnlyList<LimitNode> nodes, double voltage)
    {
        if (nodes.Count == 0 || nodes[0].Parent != -1)
        {
            throw new ArgumentException("The first node must be the site, without a parent.", nameof(nodes));
        }

        for (var node = 1; node < nodes.Count; node++)
        {
            if (nodes[node].Parent < 0 || nodes[node].Parent >= node)
            {
                throw new ArgumentException($"The parent of {nodes[node].Name} must come before it.", nameof(nodes));
            }
        }

        if (voltage is not (> 0 and < 100_000))
        {
            throw new ArgumentException("The voltage must be positive.", nameof(voltage));
        }

        _nodes = [.. nodes];
        Voltage = voltage;
    }

    public double Voltage { get; }

    public int Nodes => _nodes.Length;

    public int Rows => _nodes.Length * RowsPerNode;

    public LimitNode this[int node] => _nodes[node];

    /// <summary>The node above, or -1.</summary>
    public int Parent(int node) => _nodes[node].Parent;

    /// <summary>Limits of all rows, none of them limited.</summary>
    public double[] Unlimited()
    {
        var limits = new double[Rows];
        Array.Fill(limits, double.PositiveInfinity);
        return limits;
    }

    /// <summary>The row of a node's phase (0 to 2), or of its power (3).</summary>
    public static int Row(int node, int part) => (node * RowsPerNode) + part;

    /// <summary>What 1 A on each phase that is loaded takes of a row: 1 in A rows, the power of it in W rows.</summary>
    internal double Share(int row, Phases phases, int conductors) =>
        row % RowsPerNode == PowerRow ? conductors * Voltage : phases.Has(row % RowsPerNode) ? 1 : 0;
}
