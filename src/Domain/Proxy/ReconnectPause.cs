namespace EvCharge.Domain.Proxy;

/// <summary>How long to wait before the next attempt to reach a system: doubled each time, and spread, so that thousands do not come at once.</summary>
/// <param name="Shortest">The first pause.</param>
/// <param name="Longest">No pause is longer, but for its spread.</param>
public readonly record struct ReconnectPause(TimeSpan Shortest, TimeSpan Longest)
{
    private const double Spread = 0.5;

    /// <param name="failures">Attempts that failed in a row, from 1 on.</param>
    /// <param name="luck">0 to 1, drawn anew for each pause.</param>
    /// <returns>Half to one and a half times the pause that is due.</returns>
    public TimeSpan After(int failures, double luck)
    {
        var doubled = Shortest * Math.Pow(2, Math.Clamp(failures - 1, 0, 30));
        return (doubled < Longest ? doubled : Longest) * (1 - Spread + (2 * Spread * luck));
    }
}
