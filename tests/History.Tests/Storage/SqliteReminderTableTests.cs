using EvCharge.Storage.State;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Hosting;

namespace EvCharge.HistoryTests.Storage;

[Trait(TestEngine.Trait, TestEngine.Sqlite)]
public sealed class SqliteReminderTableTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reminders-").FullName;
    private StateDatabase _database = null!;
    private SqliteReminderTable _table = null!;

    public ValueTask InitializeAsync()
    {
        _database = new StateDatabase(
            Options.Create(new SqliteStorageOptions { DataFolder = _folder }), NullLogger<StateDatabase>.Instance);
        _table = new SqliteReminderTable(_database);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, true);
    }

    [Fact]
    public async Task A_reminder_comes_back_as_it_was_stored()
    {
        var entry = Entry("a", "wake");

        var etag = await _table.UpsertRow(entry);

        var found = await _table.ReadRow(entry.GrainId, "wake");
        Assert.Equal(
            (entry.GrainId, "wake", entry.StartAt, DateTimeKind.Utc, entry.Period, etag),
            (found!.GrainId, found.ReminderName, found.StartAt, found.StartAt.Kind, found.Period, found.ETag));
        Assert.Null(await _table.ReadRow(entry.GrainId, "other"));
        Assert.Single((await _table.ReadRows(entry.GrainId)).Reminders);
    }

    [Fact]
    public async Task A_reminder_is_replaced_and_removed_at_its_newest_version_only()
    {
        var entry = Entry("a", "wake");
        var first = await _table.UpsertRow(entry);
        entry.Period = TimeSpan.FromHours(2);
        var second = await _table.UpsertRow(entry);

        Assert.False(await _table.RemoveRow(entry.GrainId, "wake", first!));
        Assert.Equal(TimeSpan.FromHours(2), (await _table.ReadRow(entry.GrainId, "wake"))!.Period);
        Assert.True(await _table.RemoveRow(entry.GrainId, "wake", second!));
        Assert.Null(await _table.ReadRow(entry.GrainId, "wake"));
    }

    [Fact]
    public async Task Two_parts_of_the_ring_hold_every_reminder_once()
    {
        for (var i = 0; i < 200; i++)
        {
            await _table.UpsertRow(Entry($"g{i}", "wake"));
        }

        const uint Cut = 1_000_000_000;
        const uint Other = 3_000_000_000;
        var inside = await _table.ReadRows(Cut, Other);
        var across = await _table.ReadRows(Other, Cut);

        Assert.All(inside.Reminders, entry => Assert.InRange(entry.GrainId.GetUniformHashCode(), Cut + 1, Other));
        Assert.Equal(
            200,
            inside.Reminders.Concat(across.Reminders).Select(entry => entry.GrainId).Distinct().Count());
        Assert.Equal(200, inside.Reminders.Count + across.Reminders.Count);
        Assert.Equal(200, (await _table.ReadRows(Cut, Cut)).Reminders.Count);
    }

    [Fact]
    public async Task A_reminder_fires_and_outlives_the_silo()
    {
        var key = Guid.NewGuid().ToString();
        await using (var silo = await TestSilo.Start(_folder))
        {
            await silo.Grains.GetGrain<ICounterGrain>(key).Remind(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
            await Fired(silo, key);
        }

        CounterGrain.Reminded.TryRemove(key, out _);
        await using (var silo = await TestSilo.Start(_folder))
        {
            await Fired(silo, key);
            await silo.Grains.GetGrain<ICounterGrain>(key).Forget();
        }

        Assert.Empty((await _table.ReadRows(0, 0)).Reminders);
    }

    /// <summary>Moves the clock on until the reminder has told the grain.</summary>
    private static async Task Fired(TestSilo silo, string key)
    {
        var told = CounterGrain.Reminded.GetOrAdd(key, _ => new()).Task;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!told.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            silo.Clock.Advance(TimeSpan.FromSeconds(10));
            await Task.WhenAny(told, Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken));
        }
    }

    private static ReminderEntry Entry(string key, string name) => new()
    {
        GrainId = GrainId.Create("counter", key),
        ReminderName = name,
        StartAt = new DateTime(2026, 3, 1, 12, 0, 0, 123, DateTimeKind.Utc),
        Period = TimeSpan.FromMinutes(5),
        ETag = "",
    };
}
