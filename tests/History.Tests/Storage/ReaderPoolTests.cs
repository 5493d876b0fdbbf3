using EvCharge.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EvCharge.HistoryTests.Storage;

[Trait(TestEngine.Trait, TestEngine.Sqlite)]
public sealed class ReaderPoolTests
{
    [Fact]
    public async Task No_more_reads_run_at_once_than_there_are_readers()
    {
        await using var database = new TestDatabase();
        using var readers = new ReaderPool<SqliteConnection>(database.File.OpenReader, 3);
        var (running, most) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => readers.Read(async connection =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return connection.DataSource;
        })));

        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task A_read_that_fails_gives_its_place_back()
    {
        await using var database = new TestDatabase();
        using var readers = new ReaderPool<SqliteConnection>(database.File.OpenReader, 1);

        await Assert.ThrowsAsync<FormatException>(() => readers.Read<int>(_ => throw new FormatException()));

        Assert.Equal(1, await readers.Read(_ => Task.FromResult(1)));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
