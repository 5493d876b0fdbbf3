using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace EvCharge.HistoryTests.Storage;

[Trait(TestEngine.Trait, TestEngine.Sqlite)]
public sealed class SqliteGrainStorageTests() : GrainStorageContract(TestEngine.Sqlite)
{
    protected override string Table => "grain_state";

    protected override string Poison => "UPDATE grain_state SET payload = x'7b' WHERE grain_id LIKE '%poisoned'";

    [Fact]
    public async Task A_file_of_a_newer_program_is_refused()
    {
        await Silo.DisposeAsync();
        await Scalar("PRAGMA user_version = 99");

        var failure = await Record.ExceptionAsync(() => TestSilo.Start(Database));
        await Scalar("PRAGMA user_version = 1");
        Silo = await TestSilo.Start(Database);

        Assert.Contains("schema version 99", failure?.ToString(), StringComparison.Ordinal);
    }

    protected override DbConnection Connect() =>
        new SqliteConnection($"Data Source={Path.Combine(Database.Address, "state.db")};Pooling=False");
}
