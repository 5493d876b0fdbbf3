using EvCharge.Domain.Allocation;

namespace EvCharge.DomainTests.Allocation;

/// <summary>
/// A site whose chargers lose, refuse, delay and forget limits: whatever comes in between, none is under a higher limit than
/// is counted for it, and together they stay within what the site has.
/// </summary>
public sealed class InForceModelTests
{
    private const double SiteLimit = 60;
    private const double Start = ModelledCharger.Start;
    private const double Most = ModelledCharger.Most;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_sum_of_limits_in_force_stays_within_the_limit(int seed)
    {
        var random = new Random(seed);
        var site = Enumerable.Range(0, 6).Select(_ => new ModelledCharger()).ToArray();
        var now = DateTimeOffset.UnixEpoch;
        var sent = 0;
        for (var step = 0; step < 100_000; step++)
        {
            now += TimeSpan.FromSeconds(random.Next(4));
            var one = site[random.Next(site.Length)];
            one.Pass(now);
            if (random.Next(2) == 0)
            {
                sent += Send(site, one, Math.Round(random.NextDouble() * Most, 1)) ? 1 : 0;
            }
            else
            {
                one.Happen(random, now);
            }

            foreach (var each in site)
            {
                each.Pass(now);
                Assert.True(each.Limit <= each.Counted.High + 1e-9, $"step {step}: {each.Limit} A where {each.Counted} is counted");
                Assert.True(each.Draw(now) <= each.Counted.High + 1e-9, $"step {step}: {each.Draw(now)} A drawn where {each.Counted} is counted");
            }

            // A restart is no doing of ours: until it is cut again the sum may be above the limit in the books, not in truth.
            Assert.True(site.Sum(each => each.Draw(now)) <= SiteLimit + 1e-9, $"step {step}");
        }

        Assert.True(sent > 5_000, $"only {sent} limits were sent");
    }

    /// <summary>
    /// Downwards always, upwards from room that is free by the books. Where it is not known what a charger holds any limit may
    /// be upwards.
    /// </summary>
    private static bool Send(ModelledCharger[] site, ModelledCharger one, double limit)
    {
        if (one.Counted.Asked is not null)
        {
            return false;
        }

        // A transaction that ends leaves the limit with which the next one starts.
        var others = site.Where(other => other != one).Sum(other => Math.Max(Start, other.Counted.High));
        if ((one.Counted.Unsure || limit > one.Counted.Held) && others + Math.Max(Start, limit) > SiteLimit)
        {
            return false;
        }

        one.Send(limit);
        return true;
    }
}
