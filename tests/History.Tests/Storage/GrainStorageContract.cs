using System.Data.Common;
using System.Globalization;
using EvCharge.Storage;
using Orleans.Storage;

namespace EvCharge.HistoryTests.Storage;

/// <summary>What holds of grain states on every engine.</summary>
public abstract class GrainStorageContract(string engine) : IAsyncLifetime
{
    /// <summary>Where the engine keeps states.</summary>
    protected abstract string Table { get; }

    /// <summary>Makes the state of the key <c>poisoned</c> something that is no JSON.</summary>
    protected abstract string Poison { get; }

    protected DatabaseLocation Database { get; private set; } = null!;

    protected TestSilo Silo { get; set; } = null!;

    private static IEnumerable<GrainId> AllKeys
    {
        get
        {
            var type = GrainType.Create("counter");
            var guid = new Guid("00112233-4455-6677-8899-aabbccddeeff");
            yield return GrainId.Create(type, "default/CP-1");
            yield return GrainId.Create(type, "default/cp-1");
            yield return GrainId.Create(type, "default/CP:1|*_=+@.-");
            yield return GrainId.Create(type, "été ключ \ud83d\ude97");
            yield return GrainId.Create(type, "'); DROP TABLE x; --\"\u0001");
            yield return GrainId.Create(type, new string('k', 1000));
            yield return GrainId.Create(type, GrainIdKeyExtensions.CreateIntegerKey(0));
            yield return GrainId.Create(type, GrainIdKeyExtensions.CreateIntegerKey(-1));
            yield return GrainId.Create(type, GrainIdKeyExtensions.CreateIntegerKey(long.MaxValue));
            yield return GrainId.Create(type, GrainIdKeyExtensions.CreateIntegerKey(7, "été"));
            yield return GrainId.Create(type, GrainIdKeyExtensions.CreateGuidKey(guid));
            yield return GrainId.Create(type, GrainIdKeyExtensions.CreateGuidKey(guid, "été"));
            yield return GrainId.Create(type, GrainIdKeyExtensions.CreateGuidKey(guid, "ete"));
        }
    }

    public async ValueTask InitializeAsync()
    {
        Database = await TestEngine.Empty(engine);
        Silo = await TestSilo.Start(Database);
    }

    public async ValueTask DisposeAsync()
    {
        // Null when the test was skipped.
        if (Silo is not null)
        {
            await Silo.DisposeAsync();
            TestEngine.Remove(Database);
        }
    }

    [Fact]
    public async Task State_outlives_the_silo()
    {
        await Silo.Grains.GetGrain<ICounterGrain>("a").Add(5);
        await Restart();

        Assert.Equal(12, await Silo.Grains.GetGrain<ICounterGrain>("a").Add(7));
    }

    [Fact]
    public async Task What_was_never_written_is_absent_and_new()
    {
        var state = await Read(Id("nothing"));

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.Equal(0, state.State!.Value);
        Assert.Equal(0L, await Rows());
    }

    [Fact]
    public async Task Every_write_gives_another_version_and_only_the_newest_can_be_written_on()
    {
        var id = Id("versions");
        var state = new GrainState<CounterState>(new CounterState { Value = 1 });
        await Write(id, state);
        var first = state.ETag;
        var stale = await Read(id);
        state.State!.Value = 2;
        await Write(id, state);

        Assert.NotEqual(first, state.ETag);
        Assert.True(state.RecordExists);
        stale.State!.Value = 3;
        await Assert.ThrowsAsync<InconsistentStateException>(() => Write(id, stale));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Clear(id, stale));
        var stored = await Read(id);
        Assert.Equal((2, state.ETag), (stored.State!.Value, stored.ETag));
    }

    [Fact]
    public async Task A_write_on_a_version_that_another_replaced_deactivates_the_grain_and_loses_nothing()
    {
        var grain = Silo.Grains.GetGrain<ICounterGrain>("b");
        await grain.Add(1);
        var activation = await grain.Activation();
        var other = await Read(grain.GetGrainId());
        other.State!.Value = 100;
        await Write(grain.GetGrainId(), other);

        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Add(1));

        Assert.Equal(101, await grain.Add(1));
        Assert.NotEqual(activation, await grain.Activation());
    }

    [Fact]
    public async Task Of_two_concurrent_first_writes_one_is_stored_every_time()
    {
        const int Rounds = 200;
        for (var round = 0; round < Rounds; round++)
        {
            await OneOf(Id($"pair-{round}"), 2);
        }

        Assert.Equal((long)Rounds, await Rows());
    }

    [Fact]
    public async Task Of_a_thousand_concurrent_first_writes_one_is_stored()
    {
        await OneOf(Id("first"), 1000);

        Assert.Equal(1L, await Rows());
    }

    [Fact]
    public async Task A_cleared_state_is_absent_and_cannot_be_written_back_by_who_read_it_before()
    {
        var grain = Silo.Grains.GetGrain<ICounterGrain>("c");
        await grain.Add(1);
        var old = await Read(grain.GetGrainId());

        await grain.Clear();

        await Assert.ThrowsAsync<InconsistentStateException>(() => Write(grain.GetGrainId(), old));
        var cleared = await Read(grain.GetGrainId());
        Assert.False(cleared.RecordExists);
        Assert.Equal(0, cleared.State!.Value);
        Assert.Equal(3, await grain.Add(3));
    }

    [Fact]
    public async Task Clearing_what_was_never_written_is_nothing()
    {
        var state = await Read(Id("nothing"));

        await Clear(Id("nothing"), state);

        Assert.False(state.RecordExists);
        await Write(Id("nothing"), state);
    }

    [Fact]
    public async Task Any_key_finds_its_own_state()
    {
        await Task.WhenAll(AllKeys.Select(async (key, index) =>
            await Write(key, new GrainState<CounterState>(new CounterState { Value = index, Words = [key.ToString()] }))));

        foreach (var key in AllKeys)
        {
            Assert.Equal([key.ToString()], (await Read(key)).State!.Words);
        }

        Assert.Equal((long)AllKeys.Count(), await Rows());
    }

    [Fact]
    public async Task Two_states_of_a_grain_are_two()
    {
        var id = Id("two");
        await Silo.Storage.WriteStateAsync("one", id, new GrainState<CounterState>(new CounterState { Value = 1 }));
        await Silo.Storage.WriteStateAsync("two", id, new GrainState<CounterState>(new CounterState { Value = 2 }));
        var found = new GrainState<CounterState>();

        await Silo.Storage.ReadStateAsync("one", id, found);

        Assert.Equal(1, found.State!.Value);
    }

    [Fact]
    public async Task A_state_of_a_megabyte_comes_back_as_it_was()
    {
        var words = Enumerable.Range(0, 1024).Select(number => $"{number:D4}" + new string('x', 1020)).ToList();
        await Write(Id("large"), new GrainState<CounterState>(new CounterState { Words = words }));

        Assert.Equal(words, (await Read(Id("large"))).State!.Words);
    }

    [Fact]
    public async Task A_state_that_cannot_be_read_stops_that_grain_alone()
    {
        await Silo.Grains.GetGrain<ICounterGrain>("poisoned").Add(1);
        await Silo.DisposeAsync();
        await Scalar(Poison);
        Silo = await TestSilo.Start(Database);

        await Assert.ThrowsAnyAsync<Exception>(() => Silo.Grains.GetGrain<ICounterGrain>("poisoned").Value());

        Assert.Equal(2, await Silo.Grains.GetGrain<ICounterGrain>("healthy").Add(2));
    }

    protected abstract DbConnection Connect();

    protected static GrainId Id(string key) => GrainId.Create("counter", key);

    protected async Task Restart()
    {
        await Silo.DisposeAsync();
        Silo = await TestSilo.Start(Database);
    }

    protected async Task<object?> Scalar(string sql)
    {
        await using var connection = Connect();
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    protected async Task<long> Rows() => Convert.ToInt64(await Scalar($"SELECT COUNT(*) FROM {Table}"), CultureInfo.InvariantCulture);

    protected async Task<GrainState<CounterState>> Read(GrainId id)
    {
        var state = new GrainState<CounterState>();
        await Silo.Storage.ReadStateAsync("counter", id, state);
        return state;
    }

    protected Task Write(GrainId id, GrainState<CounterState> state) => Silo.Storage.WriteStateAsync("counter", id, state);

    protected Task Clear(GrainId id, GrainState<CounterState> state) => Silo.Storage.ClearStateAsync("counter", id, state);

    /// <summary>Writes a state that is not there so many times at once; one write succeeds, and that one is stored.</summary>
    private async Task OneOf(GrainId id, int writers)
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(1, writers).Select(async number =>
        {
            var state = new GrainState<CounterState>(new CounterState { Value = number });
            return (Number: number, Failure: await Record.ExceptionAsync(() => Write(id, state)));
        }));

        var winner = Assert.Single(outcomes, outcome => outcome.Failure is null).Number;
        Assert.All(
            outcomes.Where(outcome => outcome.Number != winner),
            outcome => Assert.IsType<InconsistentStateException>(outcome.Failure));
        Assert.Equal(winner, (await Read(id)).State!.Value);
    }
}
