namespace EvCharge.GatewayTests;

/// <summary>Tests that measure the memory of their own process: no other test runs in it meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredTests
{
    public const string Name = "measured";
}
