using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(EvCharge.GatewayTests.LongestFirst))]

namespace EvCharge.GatewayTests;

/// <summary>Begins with what takes minutes, here or in the browser, so that all others run beside it and not before it.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = ["SiteFaultTests", "ScreenTests"];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections
            .OrderByDescending(collection => Long.Any(name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)))
            .ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];
}
