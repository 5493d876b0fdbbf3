using EvCharge.Storage.GroupCommit;
using EvCharge.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvCharge.HistoryTests.Storage;

/// <summary>A writer on a file of its own with one table, <c>fact(id, parent)</c>, whose parent is checked at the commit.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("writer-").FullName;

    public TestDatabase(GroupCommitOptions? options = null, CommitDialect? dialect = null)
    {
        File = new SqliteFile(Path.Combine(_folder, "test.db"));
        using (var connection = File.OpenWriter())
        using (var command = connection.CreateCommand())
        {
            command.CommandText =
                "CREATE TABLE fact (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES fact (id) DEFERRABLE INITIALLY DEFERRED)";
            command.ExecuteNonQuery();
        }

        Writer = new GroupCommitWriter(
            "test-writer", Open, dialect ?? new SqliteDialect(), options ?? new(), NullLogger.Instance);
    }

    public SqliteFile File { get; }

    public GroupCommitWriter Writer { get; }

    /// <summary>When set, the database cannot be opened.</summary>
    public bool Faulty { get; set; }

    /// <summary>The size of the disk, in pages of 4 KiB, for connections opened from now on.</summary>
    public int DiskPages { get; set; } = 100_000;

    public Task<int> Insert(int id, int? parent = null) => Writer.Write(session =>
        session.Execute("INSERT INTO fact (id, parent) VALUES (@id, @parent)", ("@id", id), ("@parent", parent)));

    /// <summary>Keeps the writer's thread busy until the answer is disposed, so that what is queued meanwhile is one batch.</summary>
    public async Task<IAsyncDisposable> Hold()
    {
        var release = new ManualResetEventSlim();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = Writer.Write(_ =>
        {
            entered.TrySetResult();
            release.Wait();
            return true;
        });
        await entered.Task;
        return new Release(release, held);
    }

    public async Task<IReadOnlyList<long>> Ids()
    {
        await using var connection = File.OpenReader();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM fact ORDER BY id";
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new List<long>();
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetInt64(0));
        }

        return ids;
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, true);
    }

    private SqliteConnection Open()
    {
        var connection = Faulty ? throw new IOException("The disk is gone.") : File.OpenWriter();
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA max_page_count = {DiskPages}";
        command.ExecuteNonQuery();
        return connection;
    }

    private sealed class Release(ManualResetEventSlim release, Task held) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            release.Set();
            await held;
            release.Dispose();
        }
    }
}
