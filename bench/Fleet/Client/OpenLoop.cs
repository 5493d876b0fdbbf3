using System.Diagnostics;

namespace EvCharge.Fleet.Client;

/// <summary>
/// Sessions that begin at a fixed rate, whatever the server does. Each frame is due at its own moment and its time counts from
/// there, so that a server that hesitates is charged for all who had to wait (coordinated omission).
/// </summary>
internal static class OpenLoop
{
    /// <summary>A session takes this share of the time until the charger's next one is due.</summary>
    private const double Share = 0.9;

    /// <returns>The times of all answers in milliseconds, the shortest first.</returns>
    public static async Task<double[]> Sessions(Charger[] chargers, int rate, TimeSpan window)
    {
        var clock = Stopwatch.StartNew();
        var turn = TimeSpan.FromSeconds((double)chargers.Length / rate);
        var answers = await Task.WhenAll(chargers.Select(
            (charger, number) => Sessions(charger, clock, turn * ((double)number / chargers.Length), turn, window)));
        return [.. answers.SelectMany(times => times).Order()];
    }

    private static async Task<List<double>> Sessions(Charger charger, Stopwatch clock, TimeSpan first, TimeSpan turn, TimeSpan window)
    {
        await Task.Yield();
        List<double> times = [];
        var step = turn * Share / Charger.SessionFrames;
        for (var begin = first; begin < window; begin += turn)
        {
            for (var frame = 0; frame < Charger.SessionFrames; frame++)
            {
                var due = begin + (step * frame);
                if (due - clock.Elapsed is { Ticks: > 0 } early)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(early.TotalMilliseconds)));
                }

                await charger.Step(frame, ClosedLoop.Tag, TimeProvider.System.GetUtcNow());
                times.Add((clock.Elapsed - due).TotalMilliseconds);
            }
        }

        return times;
    }
}
