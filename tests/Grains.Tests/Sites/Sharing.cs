using System.Runtime.CompilerServices;
using EvCharge.Contracts.Sites;
using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;

namespace EvCharge.GrainsTests.Sites;

/// <summary>Sites that share among chargers, quickly enough for a test.</summary>
internal static class Sharing
{
    public const string Quick =
        """{"enabled":true,"tickSeconds":0.3,"increaseIntervalSeconds":0,"minOnSeconds":0,"minOffSeconds":0,"settleSeconds":0.2,"deadBand":0.5,"hysteresis":0}""";

    private static int _sites;

    /// <param name="sharing">Null for a site that does not share.</param>
    public static async Task<SiteId> Site(this GrainsFixture fixture, double limit, string? sharing = Quick)
    {
        var site = new SiteId(TenantId.Default, $"SHARE{Interlocked.Increment(ref _sites)}");
        await fixture.Put(site, limit, sharing);
        return site;
    }

    public static Task Put(this GrainsFixture fixture, SiteId site, double limit, string? sharing) => fixture.Configuration.PutSite(
        site.Tenant, new SiteConfiguration(site.Name, "S", "UTC", "A", limit, null, sharing), null);

    public static ISiteGrain Site(this GrainsFixture fixture, SiteId site) => fixture.Grains.GetGrain<ISiteGrain>(site.ToString());

    public static Task Until(Func<bool> holds, [CallerArgumentExpression(nameof(holds))] string what = "") =>
        Until(() => Task.FromResult(holds()), what);

    public static async Task Until(Func<Task<bool>> holds, [CallerArgumentExpression(nameof(holds))] string what = "")
    {
        for (var waited = 0; !await holds(); waited++)
        {
            Assert.True(waited < 1_200, $"It never came true that {what}.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
