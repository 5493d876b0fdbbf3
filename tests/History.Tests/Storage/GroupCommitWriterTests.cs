using EvCharge.Storage.GroupCommit;
using Microsoft.Data.Sqlite;

namespace EvCharge.HistoryTests.Storage;

[Trait(TestEngine.Trait, TestEngine.Sqlite)]
public sealed class GroupCommitWriterTests
{
    [Fact]
    public async Task What_waits_is_committed_together()
    {
        await using var database = new TestDatabase();
        await using var reader = database.File.OpenReader();
        var hold = await database.Hold();
        var before = await DataVersion(reader);
        Task[] writes = [.. Enumerable.Range(1, 500).Select(id => database.Insert(id))];

        await hold.DisposeAsync();
        await Task.WhenAll(writes);

        Assert.Equal(500, (await database.Ids()).Count);
        Assert.InRange(await DataVersion(reader) - before, 1, 2);
    }

    [Fact]
    public async Task A_write_that_throws_fails_alone()
    {
        await using var database = new TestDatabase();
        var hold = await database.Hold();
        var good = database.Insert(1);
        var bad = database.Writer.Write<int>(session =>
        {
            session.Execute("INSERT INTO fact (id) VALUES (@id)", ("@id", 2));
            throw new FormatException("bad");
        });
        var duplicate = database.Insert(1);
        var last = database.Insert(3);

        await hold.DisposeAsync();

        await Assert.ThrowsAsync<FormatException>(() => bad);
        await Assert.ThrowsAsync<SqliteException>(() => duplicate);
        await Task.WhenAll(good, last);
        Assert.Equal([1, 3], await database.Ids());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public async Task A_write_that_breaks_the_commit_is_found_by_halving_and_fails_alone(int bad)
    {
        await using var database = new TestDatabase();
        var hold = await database.Hold();
        Task<int>[] writes = [.. Enumerable.Range(1, 64).Select(id => database.Insert(id, id == bad ? 1000 : null))];

        await hold.DisposeAsync();

        var failure = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => writes[bad - 1]);
        Assert.IsType<SqliteException>(failure.InnerException);
        await Task.WhenAll(writes.Where((_, index) => index != bad - 1));
        Assert.Equal(Enumerable.Range(1, 64).Where(id => id != bad).Select(id => (long)id), await database.Ids());
    }

    [Fact]
    public async Task A_write_that_ends_the_transaction_itself_takes_no_other_with_it()
    {
        await using var database = new TestDatabase();
        var hold = await database.Hold();
        var first = database.Insert(1);
        var bad = database.Writer.Write<int>(session =>
        {
            session.Execute("ROLLBACK");
            throw new FormatException("bad");
        });
        var last = database.Insert(2);

        await hold.DisposeAsync();

        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => bad);
        await Task.WhenAll(first, last);
        Assert.Equal([1, 2], await database.Ids());
    }

    [Fact]
    public async Task A_discarded_write_answers_and_leaves_nothing()
    {
        await using var database = new TestDatabase();

        var answer = await database.Writer.Write(session =>
        {
            session.Execute("INSERT INTO fact (id) VALUES (@id)", ("@id", 1));
            session.Discard();
            return "refused";
        });
        await database.Insert(2);

        Assert.Equal("refused", answer);
        Assert.Equal([2], await database.Ids());
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once_and_takes_more_when_it_is_served()
    {
        await using var database = new TestDatabase(new GroupCommitOptions { QueueRows = 3, QueueBytes = 10_000 });
        var hold = await database.Hold();
        var waiting = database.Insert(1);
        var heavy = database.Writer.Write(_ => 0, rows: 1, bytes: 10_000);
        var second = database.Insert(2);
        var third = database.Insert(3);

        Assert.True(heavy.IsFaulted);
        Assert.True(third.IsFaulted);
        await hold.DisposeAsync();
        await Task.WhenAll(waiting, second);
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => heavy);
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => third);
        await database.Insert(4);
        Assert.Equal([1, 2, 4], await database.Ids());
    }

    [Fact]
    public async Task A_database_that_is_gone_fails_what_waits_and_serves_again_when_it_is_back()
    {
        await using var database = new TestDatabase { Faulty = true };

        var failures = await Task.WhenAll(Enumerable.Range(1, 100).Select(async id =>
            await Record.ExceptionAsync(() => database.Insert(id))));
        database.Faulty = false;
        await database.Insert(200);

        Assert.All(failures, failure => Assert.IsType<DatabaseUnavailableException>(failure));
        Assert.Equal([200], await database.Ids());
    }

    [Fact]
    public async Task A_full_disk_keeps_what_was_acknowledged_and_serves_again_when_there_is_room()
    {
        await using var database = new TestDatabase { DiskPages = 20 };
        await database.Writer.Write(session => session.Execute("CREATE TABLE big (bytes BLOB)"));
        var hold = await database.Hold();
        Task<int>[] writes = [.. Enumerable.Range(1, 50).Select(id => id % 5 == 0 ? InsertBig() : database.Insert(id))];

        await hold.DisposeAsync();
        var failures = await Task.WhenAll(writes.Select(write => Record.ExceptionAsync(() => write).AsTask()));
        database.DiskPages = 100_000;
        await database.Writer.Write(session => session.First("PRAGMA max_page_count = 100000", reader => reader.GetInt64(0)));
        await InsertBig();

        Assert.Contains(failures, failure => failure is null);
        Assert.All(failures.OfType<Exception>(), failure => Assert.IsType<DatabaseUnavailableException>(failure));
        Assert.All(failures.Where((_, index) => (index + 1) % 5 == 0).Skip(1), Assert.NotNull);
        Assert.Equal(
            Enumerable.Range(1, 50).Where(id => id % 5 != 0 && failures[id - 1] is null).Select(id => (long)id),
            await database.Ids());

        Task<int> InsertBig() => database.Writer.Write(session =>
            session.Execute("INSERT INTO big (bytes) VALUES (@bytes)", ("@bytes", new byte[50_000])));
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_tried_again_and_finds_what_it_wrote()
    {
        await using var database = new TestDatabase(dialect: new ForgetfulDialect { AnswersToLose = 2 });
        var written = new List<int>();

        await database.Writer.Write(session =>
        {
            written.Add(session.Execute("INSERT INTO fact (id) VALUES (@id) ON CONFLICT DO NOTHING", ("@id", 1)));
            return true;
        });

        Assert.Equal([1, 0, 0], written);
        Assert.Equal([1], await database.Ids());
    }

    [Fact]
    public async Task Stopping_settles_what_was_accepted_and_takes_nothing_more()
    {
        await using var database = new TestDatabase();
        var hold = await database.Hold();
        Task<int>[] writes = [.. Enumerable.Range(1, 50).Select(id => database.Insert(id))];
        var stopped = database.Writer.Stop();
        var late = database.Insert(51);

        await hold.DisposeAsync();
        await stopped;

        Assert.All(writes, write => Assert.True(write.IsCompletedSuccessfully));
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => late);
        Assert.Equal(50, (await database.Ids()).Count);
    }

    [Fact]
    public async Task What_follows_a_write_does_not_run_on_the_writers_thread()
    {
        await using var database = new TestDatabase();
        var writer = await database.Writer.Write(_ => Environment.CurrentManagedThreadId);
        var after = Environment.CurrentManagedThreadId;

        Assert.NotEqual(writer, after);
        Assert.Equal(writer, await database.Writer.Write(_ => Environment.CurrentManagedThreadId));
    }

    /// <summary>Changes with every commit of another connection.</summary>
    private static async Task<long> DataVersion(SqliteConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
