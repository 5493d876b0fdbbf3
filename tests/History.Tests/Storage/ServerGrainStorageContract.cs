using EvCharge.Storage.Servers;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Storage;

namespace EvCharge.HistoryTests.Storage;

/// <summary>What holds of grain states in the database of a server.</summary>
public abstract class ServerGrainStorageContract(string engine) : GrainStorageContract(engine)
{
    protected override string Table => "orleans_grain_state";

    [Fact]
    public async Task A_state_that_is_deleted_is_gone_and_cannot_be_written_back_by_who_read_it_before()
    {
        await Silo.DisposeAsync();
        Silo = await TestSilo.Start(Database, DeleteOnClear);
        var id = Id("deleted");
        var state = new GrainState<CounterState>(new CounterState { Value = 1 });
        await Write(id, state);
        var (old, stale) = (await Read(id), await Read(id));
        await Write(id, state);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Clear(id, stale));
        await Clear(id, state);

        Assert.False(state.RecordExists);
        Assert.Equal(0L, await Rows());
        await Assert.ThrowsAsync<InconsistentStateException>(() => Write(id, old));
        Assert.False((await Read(id)).RecordExists);
    }

    [Fact]
    public async Task Installing_once_more_changes_nothing()
    {
        await Silo.Grains.GetGrain<ICounterGrain>("a").Add(5);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OrleansSchema.Install(Database, TestContext.Current.CancellationToken)));

        Assert.Null(await OrleansSchema.Missing(Database, TestContext.Current.CancellationToken));
        Assert.Equal(1L, await Rows());
    }

    private static void DeleteOnClear(ISiloBuilder silo) =>
        silo.Services.PostConfigureAll<AdoNetGrainStorageOptions>(options => options.DeleteStateOnClear = true);
}
