namespace EvCharge.ClusterTests;

/// <summary>Tests that run the product as a process: one at a time, for each measures the whole machine.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessTests
{
    public const string Name = "processes";
}
