using System.Diagnostics;

namespace EvCharge.Fleet.Client;

/// <summary>Sessions one after another on each charger: the next begins when the last has ended.</summary>
internal static class ClosedLoop
{
    public const string Tag = "FLEET";

    /// <returns>Sessions that ended in a second.</returns>
    public static async Task<double> Sessions(Charger[] chargers, TimeSpan window)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(chargers.Select(charger => Sessions(charger, clock, window)));
        return counts.Sum() / window.TotalSeconds;
    }

    /// <summary>The last session ends, but the part of it beyond the window does not count.</summary>
    private static async Task<double> Sessions(Charger charger, Stopwatch clock, TimeSpan window)
    {
        await Task.Yield();
        var ended = 0.0;
        while (clock.Elapsed < window)
        {
            var began = clock.Elapsed;
            await charger.Session(Tag, TimeProvider.System);
            ended += Math.Min(1, (window - began) / (clock.Elapsed - began));
        }

        return ended;
    }
}
