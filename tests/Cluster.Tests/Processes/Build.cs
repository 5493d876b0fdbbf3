namespace EvCharge.ClusterTests;

/// <summary>The programs of a cluster, of one version.</summary>
internal sealed record Build(string Silo, string Gateway)
{
    /// <summary>What was built with the tests.</summary>
    public static Build Ours { get; } = new(BuiltAssembly.Silo, BuiltAssembly.Gateway);
}
