using EvCharge.Domain.Identity;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;

namespace EvCharge.Gateway.Api;

/// <summary>The sites that a user or a key is to see.</summary>
internal static class SiteNames
{
    private const int Most = 100;
    private const string Field = "sites";

    /// <exception cref="ApiFault">422 when they are too many, one is named twice, or one is not there and was not named before.</exception>
    /// <param name="before">What was let in before: a site may have been deleted since.</param>
    public static async Task Ensure(ConfigurationStore store, Caller caller, IReadOnlyList<string>? sites, IReadOnlyList<string>? before)
    {
        if (sites is null)
        {
            return;
        }

        new Checks()
            .That(sites.Count <= Most, Field, $"must be {Most} at most")
            .That(sites.Distinct(StringComparer.Ordinal).Count() == sites.Count, Field, "must name no site twice")
            .ThrowIfAny();
        for (var index = 0; index < sites.Count; index++)
        {
            if (before?.Contains(sites[index], StringComparer.Ordinal) is not true)
            {
                await Configuration.EnsureSite(store, caller, sites[index] ?? "", $"{Field}[{index}]");
            }
        }
    }
}
