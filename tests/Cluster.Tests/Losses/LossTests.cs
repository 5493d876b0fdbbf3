namespace EvCharge.ClusterTests.Losses;

/// <summary>Tests that share one installation, of which each leaves all processes running; one at a time, like <see cref="ProcessTests"/>.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LossTests : ICollectionFixture<SplitInstallation>
{
    public const string Name = "losses";
}
