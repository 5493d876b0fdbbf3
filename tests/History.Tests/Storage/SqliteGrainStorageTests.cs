using EvCharge.Storage.State;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace EvCharge.HistoryTests.Storage;

[Trait(TestEngine.Trait, TestEngine.Sqlite)]
public sealed class SqliteGrainStorageTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("state-").FullName;
    private TestSilo _silo = null!;

    private IGrainStorage Storage => _silo.Services.GetRequiredKeyedService<IGrainStorage>("Default");

    public async ValueTask InitializeAsync() => _silo = await TestSilo.Start(_folder);

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        Directory.Delete(_folder, true);
    }

    [Fact]
    public async Task State_outlives_the_silo()
    {
        await _silo.Grains.GetGrain<ICounterGrain>("a").Add(5);
        await _silo.DisposeAsync();
        _silo = await TestSilo.Start(_folder);

        Assert.Equal(12, await _silo.Grains.GetGrain<ICounterGrain>("a").Add(7));
    }

    [Fact]
    public async Task A_write_on_a_version_that_another_replaced_deactivates_the_grain_and_loses_nothing()
    {
        var grain = _silo.Grains.GetGrain<ICounterGrain>("b");
        await grain.Add(1);
        var activation = await grain.Activation();
        var id = grain.GetGrainId();
        var other = new GrainState<CounterState>();
        await Storage.ReadStateAsync("counter", id, other);
        other.State!.Value = 100;
        await Storage.WriteStateAsync("counter", id, other);

        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Add(1));

        Assert.Equal(101, await grain.Add(1));
        Assert.NotEqual(activation, await grain.Activation());
    }

    [Fact]
    public async Task Of_a_thousand_concurrent_first_writes_one_is_stored()
    {
        var id = GrainId.Create("counter", "first");

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 1000).Select(async number =>
        {
            var state = new GrainState<CounterState>(new CounterState { Value = number });
            var failure = await Record.ExceptionAsync(() => Storage.WriteStateAsync("counter", id, state));
            return (Number: number, Failure: failure);
        }));

        var winner = Assert.Single(outcomes, outcome => outcome.Failure is null).Number;
        Assert.All(outcomes.Where(outcome => outcome.Number != winner), outcome => Assert.IsType<InconsistentStateException>(outcome.Failure));
        var stored = new GrainState<CounterState>();
        await Storage.ReadStateAsync("counter", id, stored);
        Assert.Equal(winner, stored.State!.Value);
        Assert.Equal(1L, await Scalar("SELECT COUNT(*) FROM grain_state"));
    }

    [Fact]
    public async Task A_cleared_state_is_absent_and_cannot_be_written_back_by_who_read_it_before()
    {
        var grain = _silo.Grains.GetGrain<ICounterGrain>("c");
        var id = grain.GetGrainId();
        await grain.Add(1);
        var old = new GrainState<CounterState>();
        await Storage.ReadStateAsync("counter", id, old);

        await grain.Clear();

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("counter", id, old));
        var cleared = new GrainState<CounterState>();
        await Storage.ReadStateAsync("counter", id, cleared);
        Assert.False(cleared.RecordExists);
        Assert.Equal(0, cleared.State!.Value);
        Assert.Equal(3, await grain.Add(3));
    }

    [Fact]
    public async Task A_state_that_cannot_be_read_stops_that_grain_alone()
    {
        var grain = _silo.Grains.GetGrain<ICounterGrain>("poisoned");
        await grain.Add(1);
        await _silo.DisposeAsync();
        await Execute("UPDATE grain_state SET payload = x'7b' WHERE grain_id LIKE '%poisoned'");
        _silo = await TestSilo.Start(_folder);

        await Assert.ThrowsAnyAsync<Exception>(() => _silo.Grains.GetGrain<ICounterGrain>("poisoned").Value());

        Assert.Equal(2, await _silo.Grains.GetGrain<ICounterGrain>("healthy").Add(2));
    }

    [Fact]
    public async Task A_file_of_a_newer_program_is_refused()
    {
        await _silo.DisposeAsync();
        await Execute("PRAGMA user_version = 99");

        var failure = await Record.ExceptionAsync(() => TestSilo.Start(_folder));
        await Execute("PRAGMA user_version = 1");
        _silo = await TestSilo.Start(_folder);

        Assert.Contains("schema version 99", failure?.ToString(), StringComparison.Ordinal);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "state.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    private async Task<object?> Scalar(string sql)
    {
        await using var connection = Open();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private Task Execute(string sql) => Scalar(sql);
}
