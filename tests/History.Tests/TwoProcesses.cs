using EvCharge.History;

namespace EvCharge.HistoryTests;

/// <summary>Two Histories on one database, as two silos have them.</summary>
public sealed class TwoProcesses : IAsyncDisposable
{
    private TwoProcesses(TestHistory one, TestHistory other) => (One, Other) = (one, other);

    public TestHistory One { get; }

    public TestHistory Other { get; }

    /// <summary>On a server, since only there two processes write. Skips the test without one.</summary>
    public static async Task<TwoProcesses> Start()
    {
        var one = await TestHistory.CreateOnServer(Configure);
        return new TwoProcesses(one, TestHistory.Open(one.Database, Configure));

        static void Configure(HistoryOptions options) => options.Readers = 8;
    }

    /// <summary>Lets both do the same at the same time.</summary>
    public async Task<(T One, T Other)> Both<T>(Func<TestHistory, Task<T>> act)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (one, other) = (Go(One), Go(Other));
        start.SetResult();
        return (await one, await other);

        async Task<T> Go(TestHistory history)
        {
            await start.Task;
            return await act(history);
        }
    }

    /// <summary>Lets both do the same many times at once, so that their batches overlap.</summary>
    /// <returns>What each was answered, by number.</returns>
    public async Task<IReadOnlyList<(T One, T Other)>> BothMany<T>(int count, Func<TestHistory, int, Task<T>> act)
    {
        var (one, other) = await Both(history => Task.WhenAll(Enumerable.Range(0, count).Select(number => act(history, number))));
        return [.. one.Zip(other)];
    }

    public async ValueTask DisposeAsync()
    {
        await Other.DisposeAsync();
        await One.DisposeAsync();
    }
}
