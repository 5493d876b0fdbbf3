using System.Collections.Immutable;
using System.Net;
using EvCharge.ChargerSimulator.Sites;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Allocation;

/// <summary>
/// A site over OCPP whose chargers are slow, lose their links, refuse limits and leave them unanswered, judged by their meters alone.
/// It takes minutes, so that one installation has to do; EVCHARGE_LONG_RUN=1 watches it for three of them instead of one and a quarter.
/// </summary>
[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class SiteFaultTests(GatewayHost host, ITestOutputHelper output)
{
    private const double Limit = 120;

    private static readonly bool Long = Environment.GetEnvironmentVariable("EVCHARGE_LONG_RUN") is { Length: > 0 };

    [Fact]
    public Task Chargers_that_obey_never_draw_more_than_the_site_may() => Run(cheaters: false, "optimistic", seed: 1);

    private async Task Run(bool cheaters, string trust, int seed)
    {
        var (client, site) = (host.Administrator, host.Name("faults"));
        ImmutableArray<string> chargers = [.. Enumerable.Range(0, 25).Select(_ => host.Name("f"))];
        (await client.Put($"/api/v1/sites/{site}", new
        {
            limit = Limit,
            smartCharging = new
            {
                enabled = true, tickSeconds = 1, increaseIntervalSeconds = 5, minOnSeconds = 20, minOffSeconds = 10, slotSeconds = 60, settleSeconds = 20, trust,
            },
        })).Expect(HttpStatusCode.Created);
        (await client.Put("/api/v1/tags/SITE", new { status = "Accepted" })).Expect(HttpStatusCode.Created);
        foreach (var charger in chargers)
        {
            (await client.Put($"/api/v1/chargers/{charger}", new { site, connectors = 1 })).Expect(HttpStatusCode.Created);
        }
        var run = new SiteRun(new SiteRunOptions
        {
            Url = new UriBuilder(host.Address) { Scheme = "ws", Path = "/ocpp" }.Uri,
            Chargers = chargers,
            Limit = Limit,
            Seed = seed,
            Cheaters = cheaters,
            Length = TimeSpan.FromSeconds(Long ? 180 : 75),
            BetweenCuts = TimeSpan.FromSeconds(Long ? 45 : 25),
            SetLimit = async limit => (await client.Put(
                $"/api/v1/sites/{site}/limit", new { value = limit, until = TimeProvider.System.GetUtcNow().AddHours(1) })).Expect(HttpStatusCode.NoContent),
        });

        var seen = await run.RunAsync(TestContext.Current.CancellationToken);

        output.WriteLine(seen.ToString());
        Assert.InRange(seen.Sessions, Long ? 30 : 15, 200);
        Assert.Empty(seen.Moments);
        Assert.Equal((0, 0), (seen.SecondsOver, seen.SecondsInForceOver));
    }
}
