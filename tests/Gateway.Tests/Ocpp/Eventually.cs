using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>Waits for what must come true by itself.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <returns>How long it took.</returns>
    public static Task<TimeSpan> Holds(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Holds(() => Task.FromResult(condition()), what);

    /// <returns>How long it took.</returns>
    public static Task<TimeSpan> Holds(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Holds(condition, () => what);

    /// <param name="condition">What comes true some time.</param>
    /// <param name="what">The same in words, asked when it never did.</param>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> Holds(Func<Task<bool>> condition, Func<string> what)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < Patience, $"It never came true that {what()}.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        return clock.Elapsed;
    }
}
