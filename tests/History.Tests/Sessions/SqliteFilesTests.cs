using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History;
using EvCharge.Storage;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Sessions;

/// <summary>What the embedded engine leaves on the disk.</summary>
[Trait(TestEngine.Trait, TestEngine.Sqlite)]
public sealed class SqliteFilesTests
{
    [Fact]
    public async Task What_was_acknowledged_is_in_the_files_without_a_clean_end()
    {
        await using var history = await TestHistory.CreateSqlite();
        var folder = Directory.CreateTempSubdirectory("crash-").FullName;
        var acknowledged = new List<Transaction>();
        for (var i = 0; i < 20; i++)
        {
            var start = await Facts.NewStart(history, Facts.Connector with { Number = i });
            await history.Sessions.Commit(Tenant, [new TransactionOpened(start)]);
            await history.Sessions.Commit(Tenant, [new TransactionEnded(start.Ended())]);
            acknowledged.Add(start.Ended());
        }

        // As a power cut leaves them: the database and its log, not the index of the log.
        File.Copy(history.File, Path.Combine(folder, "history.db"));
        File.Copy(history.File + "-wal", Path.Combine(folder, "history.db-wal"));
        await using (var revived = TestHistory.Open(DatabaseLocation.Folder(folder)))
        {
            foreach (var transaction in acknowledged)
            {
                Assert.Equal(transaction, await revived.Transactions.Find(SiteScope.All(Tenant), transaction.Id));
            }
        }

        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_fails_writes_and_reads()
    {
        var folder = Directory.CreateTempSubdirectory("broken-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "history.db"));
        await using (var history = TestHistory.Open(DatabaseLocation.Folder(folder)))
        {
            await Assert.ThrowsAsync<HistoryUnavailableException>(() => history.Sessions.Commit(
                Tenant, [new StatusRecorded(Facts.Connector, Facts.Status("Available", Facts.Noon))]));
            await Assert.ThrowsAsync<HistoryUnavailableException>(() => history.Sessions.NextIds(Tenant).AsTask());
            await Assert.ThrowsAsync<HistoryUnavailableException>(() => history.Sessions.Load(Facts.Connector));
        }

        Directory.Delete(folder, true);
    }
}
