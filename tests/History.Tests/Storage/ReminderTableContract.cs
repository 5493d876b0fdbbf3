using EvCharge.Storage;

namespace EvCharge.HistoryTests.Storage;

/// <summary>What holds of reminders on every engine.</summary>
public abstract class ReminderTableContract(string engine) : IAsyncLifetime
{
    private DatabaseLocation _database = null!;
    private TestSilo _silo = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IReminderTable Table => _silo.Reminders;

    public async ValueTask InitializeAsync()
    {
        _database = await TestEngine.Empty(engine);
        _silo = await TestSilo.Start(_database);
    }

    public async ValueTask DisposeAsync()
    {
        // Null when the test was skipped.
        if (_silo is not null)
        {
            await _silo.DisposeAsync();
            TestEngine.Remove(_database);
        }
    }

    [Fact]
    public async Task A_reminder_comes_back_as_it_was_stored()
    {
        var entry = Entry("a", "wake");

        var etag = await Table.UpsertRow(entry, Stop);

        var found = await Table.ReadRow(entry.GrainId, "wake", Stop);
        Assert.Equal(
            (entry.GrainId, "wake", entry.StartAt, DateTimeKind.Utc, entry.Period, etag),
            (found!.GrainId, found.ReminderName, found.StartAt, found.StartAt.Kind, found.Period, found.ETag));
        Assert.Null(await Table.ReadRow(entry.GrainId, "other", Stop));
        Assert.Single((await Table.ReadRows(entry.GrainId, Stop)).Reminders);
    }

    [Fact]
    public async Task A_reminder_is_replaced_and_removed_at_its_newest_version_only()
    {
        var entry = Entry("a", "wake");
        var first = await Table.UpsertRow(entry, Stop);
        entry.Period = TimeSpan.FromHours(2);
        var second = await Table.UpsertRow(entry, Stop);

        Assert.False(await Table.RemoveRow(entry.GrainId, "wake", first!, Stop));
        Assert.Equal(TimeSpan.FromHours(2), (await Table.ReadRow(entry.GrainId, "wake", Stop))!.Period);
        Assert.True(await Table.RemoveRow(entry.GrainId, "wake", second!, Stop));
        Assert.Null(await Table.ReadRow(entry.GrainId, "wake", Stop));
    }

    [Fact]
    public async Task Concurrent_registrations_of_one_reminder_leave_one()
    {
        var etags = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Table.UpsertRow(Entry("a", "wake"), Stop)));

        Assert.Equal(50, etags.Distinct().Count());
        Assert.Contains(Assert.Single((await Table.ReadRows(0, 0, Stop)).Reminders).ETag, etags);
    }

    [Fact]
    public async Task Two_parts_of_the_ring_hold_every_reminder_once()
    {
        for (var i = 0; i < 200; i++)
        {
            await Table.UpsertRow(Entry($"g{i}", "wake"), Stop);
        }

        const uint Cut = 1_000_000_000;
        const uint Other = 3_000_000_000;
        var inside = await Table.ReadRows(Cut, Other, Stop);
        var across = await Table.ReadRows(Other, Cut, Stop);

        Assert.All(inside.Reminders, entry => Assert.InRange(entry.GrainId.GetUniformHashCode(), Cut + 1, Other));
        Assert.Equal(
            200,
            inside.Reminders.Concat(across.Reminders).Select(entry => entry.GrainId).Distinct().Count());
        Assert.Equal(200, inside.Reminders.Count + across.Reminders.Count);
        Assert.Equal(200, (await Table.ReadRows(Cut, Cut, Stop)).Reminders.Count);
    }

    [Fact]
    public async Task A_reminder_fires_and_outlives_the_silo()
    {
        var key = Guid.NewGuid().ToString();
        await _silo.Grains.GetGrain<ICounterGrain>(key).Remind(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        await Fired(key);
        await _silo.DisposeAsync();
        CounterGrain.Reminded.TryRemove(key, out _);

        _silo = await TestSilo.Start(_database);
        await Fired(key);
        await _silo.Grains.GetGrain<ICounterGrain>(key).Forget();

        Assert.Empty((await Table.ReadRows(0, 0, Stop)).Reminders);
    }

    /// <summary>Moves the clock on until the reminder has told the grain.</summary>
    private async Task Fired(string key)
    {
        var told = CounterGrain.Reminded.GetOrAdd(key, _ => new()).Task;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!told.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            _silo.Clock.Advance(TimeSpan.FromSeconds(10));
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
