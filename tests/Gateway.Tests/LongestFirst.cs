using EvCharge.GatewayTests.Allocation;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(EvCharge.GatewayTests.LongestFirst))]

namespace EvCharge.GatewayTests;

/// <summary>Begins with what takes minutes and mostly waits, so that all others run beside it and not before it.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections
            .OrderByDescending(collection => collection.TestCollectionDisplayName.Contains(nameof(SiteFaultTests), StringComparison.Ordinal))
            .ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];
}
