using System.Collections.Concurrent;

namespace EvCharge.HistoryTests.Storage;

[Alias("test.ICounterGrain")]
public interface ICounterGrain : IGrainWithStringKey
{
    [Alias("Add")]
    Task<int> Add(int amount);

    [Alias("Value")]
    Task<int> Value();

    [Alias("Clear")]
    Task Clear();

    /// <summary>A mark of this activation: another one has another mark.</summary>
    [Alias("Activation")]
    Task<Guid> Activation();

    [Alias("Remind")]
    Task Remind(TimeSpan due, TimeSpan period);

    [Alias("Forget")]
    Task Forget();
}

[GenerateSerializer, Alias("test.CounterState")]
public sealed class CounterState
{
    [Id(0)] public int Value { get; set; }

    [Id(1)] public List<string> Words { get; set; } = [];
}

public sealed class CounterGrain([PersistentState("counter")] IPersistentState<CounterState> state)
    : Grain, ICounterGrain, IRemindable
{
    /// <summary>What reminders told, by grain key: the silo shares the process with the test.</summary>
    public static readonly ConcurrentDictionary<string, TaskCompletionSource> Reminded = new();

    private readonly Guid _activation = Guid.NewGuid();

    public async Task<int> Add(int amount)
    {
        state.State.Value += amount;
        state.State.Words.Add("été \0 \ud83d\ude97");
        await state.WriteStateAsync();
        return state.State.Value;
    }

    public Task<int> Value() => Task.FromResult(state.State.Value);

    public Task Clear() => state.ClearStateAsync();

    public Task<Guid> Activation() => Task.FromResult(_activation);

    public Task Remind(TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder("wake", due, period);

    public async Task Forget()
    {
        if (await this.GetReminder("wake") is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Reminded.GetOrAdd(this.GetPrimaryKeyString(), _ => new()).TrySetResult();
        return Task.CompletedTask;
    }
}
