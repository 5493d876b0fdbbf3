using EvCharge.Domain.Allocation.Limits;

namespace EvCharge.Domain.Allocation.Sites;

/// <summary>A connector and its place in the site.</summary>
/// <param name="WattsPerAmpere">What 1 A on each loaded phase is in W at the connector: of AC its phases, of DC what is left of three.</param>
/// <param name="Launch">As it is configured, in A; <see cref="ConnectorSettings.Launch"/> has it in steps.</param>
/// <param name="IsDc">What it gives is measured and limited as power.</param>
/// <param name="Rotation">The site's phase on each of its terminals; null when unknown.</param>
public sealed record PlacedConnector(
    string Charger, int Connector, ConnectorSettings Settings, double WattsPerAmpere, double Launch, bool IsDc, string? Rotation)
{
    /// <summary>
    /// The settings that go with how its charger takes limits, and with the terminals that its vehicle uses: a charger that is told W spreads
    /// them over all that it has.
    /// </summary>
    public ConnectorSettings With(LimitTraits traits, PhaseUse use) =>
        IsDc || traits.Unit == "W" || Settings.Conductors != 3 || use.Terminals is Phases.All or Phases.None
            ? With(traits)
            : With(traits) with { Conductors = use.Terminals.Count(), Phases = OnSite(use.Terminals) };

    /// <summary>The settings that go with how its charger takes limits.</summary>
    public ConnectorSettings With(LimitTraits traits)
    {
        var perUnit = traits.Unit == "W" ? WattsPerAmpere : 1;
        var step = Math.Max(0.1, traits.Step ?? 0.1) / perUnit;
        var minimum = Math.Max(Settings.Minimum, traits.Minimum / perUnit ?? 0);
        var most = Math.Max(Settings.Most, minimum);
        return Settings with
        {
            Step = step,
            Minimum = minimum,
            Most = most,
            HoldsMinimum = Settings.HoldsMinimum || !traits.ZeroAllowed,
            OneProfile = traits.OneProfile,
            Settle = traits.SettleSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            ResendsAfterPause = traits.ResendAfterResume,
            Launch = Launch == 0 && traits.ZeroAllowed ? 0 : Math.Min(most, Math.Ceiling((Math.Max(Launch, minimum) / step) - 1e-9) * step),
        };
    }

    internal static Phases PhaseOf(char terminal) => terminal switch { 'R' => Phases.L1, 'S' => Phases.L2, _ => Phases.L3 };

    /// <summary>The site's phases that terminals are wired to; all of them when nobody knows.</summary>
    private Phases OnSite(Phases terminals)
    {
        if (Rotation is null)
        {
            return Phases.All;
        }
        var phases = Phases.None;
        for (var terminal = 0; terminal < Rotation.Length; terminal++)
        {
            phases |= terminals.Has(terminal) ? PhaseOf(Rotation[terminal]) : Phases.None;
        }
        return phases;
    }
}

/// <summary>A site as the allocation works with it: its limit tree, what limits each row for good, and its connectors.</summary>
public sealed class SiteLayout
{
    /// <summary>What is left of the power of the grid behind a DC charger's rectifier.</summary>
    private const double Efficiency = 0.92;
    private const double DefaultVoltage = 230;
    private const double DefaultMargin = 0.01;
    private const double DefaultCurrent = 32;
    private const double LeastCurrent = 6;

    private readonly double[] _static;
    private readonly double _margin;

    private SiteLayout(
        LimitTree tree, double[] limits, double margin, bool inWatts, UncontrolledLoadPolicy? baseLoad, ImmutableArray<PlacedConnector> connectors)
    {
        (Tree, _static, _margin, InWatts, BaseLoad, Connectors) = (tree, limits, margin, inWatts, baseLoad, connectors);
    }

    public LimitTree Tree { get; }

    /// <summary>The site's limit is in W on all phases together; else in A on each.</summary>
    public bool InWatts { get; }

    /// <summary>How what others take at the grid connection is known; null when it is not taken account of.</summary>
    public UncontrolledLoadPolicy? BaseLoad { get; }

    /// <summary>The rows of the grid connection that its limit is for.</summary>
    public Range GridRows => InWatts ? LimitTree.PowerRow..LimitTree.RowsPerNode : ..LimitTree.PowerRow;

    public ImmutableArray<PlacedConnector> Connectors { get; }

    /// <param name="launch">In the site's unit; null for the least that vehicles charge with.</param>
    public static SiteLayout Of(string site, bool inWatts, double? launch, TreeSettings tree, IEnumerable<ChargerEnergy> chargers)
    {
        var volts = tree.Voltage ?? DefaultVoltage;
        var nodes = new List<LimitNode> { new(site, -1) };
        var limits = new List<(double? Current, double? Power)> { default };
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var homes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in tree.InOrder())
        {
            numbers[node.Name] = nodes.Count;
            foreach (var charger in node.Chargers ?? [])
            {
                homes[charger] = nodes.Count;
            }
            nodes.Add(new LimitNode(node.Name, node.Parent is { } parent ? numbers[parent] : 0));
            limits.Add((node.MaxCurrent, node.MaxPower));
        }
        var connectors = new List<PlacedConnector>();
        foreach (var charger in chargers.OrderBy(charger => charger.Charger, StringComparer.Ordinal))
        {
            var home = nodes.Count;
            nodes.Add(new LimitNode(charger.Charger, homes.GetValueOrDefault(charger.Charger)));
            limits.Add(charger.Sharing is null or "Independent" ? default : (charger.Settings.MaxCurrent, charger.Settings.MaxPower));
            foreach (var (number, own) in charger.Connectors.OrderBy(connector => connector.Key))
            {
                connectors.Add(Place(charger.Charger, number, own.Over(charger.Settings), home, connectors.Count, volts, inWatts, launch,
                    charger is { Sharing: "Exclusive", Connectors.Count: > 1 }));
            }
        }
        return new SiteLayout(
            new LimitTree(nodes, volts), Rows(limits), tree.Margin ?? DefaultMargin, inWatts, tree.BaseLoad?.Policy, [.. connectors]);
    }

    /// <summary>What the rows allow now, with margins taken off.</summary>
    /// <param name="site">The limit at the grid connection, in the site's unit.</param>
    /// <param name="load">What others take there.</param>
    /// <param name="local">Now, with the offset of the site's zone.</param>
    public double[] Limits(NodeLimit site, SiteLoad load, DateTimeOffset local)
    {
        var limits = (double[])_static.Clone();
        var limit = site with { Margin = _margin };
        var (first, count) = GridRows.GetOffsetAndLength(LimitTree.RowsPerNode);
        for (var row = first; row < first + count; row++)
        {
            limits[row] = limit.Free(local, load.At(row, local));
        }
        for (var row = LimitTree.RowsPerNode; row < limits.Length; row++)
        {
            limits[row] *= 1 - _margin;
        }
        return limits;
    }

    private static double[] Rows(List<(double? Current, double? Power)> limits) => [.. limits.SelectMany(limit => (double[])
    [
        limit.Current ?? double.PositiveInfinity,
        limit.Current ?? double.PositiveInfinity,
        limit.Current ?? double.PositiveInfinity,
        limit.Power ?? double.PositiveInfinity,
    ])];

    private static PlacedConnector Place(
        string charger, int number, EnergySettings energy, int node, int id, double volts, bool inWatts, double? siteLaunch, bool takesTurns)
    {
        var isDc = energy.Current == "DC";
        var conductors = isDc ? 3 : energy.Phases ?? 3;
        var wattsPerAmpere = conductors * volts * (isDc ? Efficiency : 1);
        var minimum = isDc ? 1 : LeastCurrent;
        var most = Math.Min(energy.MaxCurrent ?? double.PositiveInfinity, energy.MaxPower / wattsPerAmpere ?? double.PositiveInfinity);
        var launch = (energy.LaunchEnergy ?? siteLaunch) / (inWatts ? wattsPerAmpere : 1) ?? minimum;
        var settings = new ConnectorSettings
        {
            Id = id,
            Node = node,
            Conductors = conductors,
            Phases = PhasesOf(conductors, energy.Rotation),
            Minimum = minimum,
            Most = double.IsInfinity(most) ? DefaultCurrent : most,
            Priority = energy.Priority ?? 5,
            HoldsMinimum = energy.HoldMinimum ?? false,
            TakesTurns = takesTurns,
            Changes = ChangesOf(energy, inWatts ? volts : 1),
        };
        var placed = new PlacedConnector(
            charger, number, settings, wattsPerAmpere, launch, isDc, energy.Rotation is { Length: 3 } rotation ? rotation : null);
        return placed with { Settings = placed.With(LimitTraits.Plain) };
    }

    /// <param name="perUnit">By which a difference in the site's unit counts as one in A.</param>
    private static ChangeSettings? ChangesOf(EnergySettings energy, double perUnit) =>
        energy is { DeadBand: null, Hysteresis: null, IncreaseIntervalSeconds: null }
            ? null
            : new ChangeSettings(
                energy.DeadBand / perUnit, energy.Hysteresis / perUnit,
                energy.IncreaseIntervalSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

    /// <summary>
    /// The rotation names the site's phase on each of the charger's terminals (R is L1, S is L2, T is L3). Unknown, a vehicle of
    /// fewer than three counts on all of them.
    /// </summary>
    private static Phases PhasesOf(int conductors, string? rotation)
    {
        if (conductors == 3 || rotation is not { Length: 3 })
        {
            return Phases.All;
        }
        var phases = Phases.None;
        foreach (var terminal in rotation[..conductors])
        {
            phases |= PlacedConnector.PhaseOf(terminal);
        }
        return phases;
    }
}
