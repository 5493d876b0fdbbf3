namespace EvCharge.HistoryTests.Storage;

[Trait(TestEngine.Trait, TestEngine.Sqlite)]
public sealed class SqliteFileTests
{
    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("foreign_keys", "1")]
    public async Task The_writer_keeps_what_it_commits(string setting, string value)
    {
        await using var database = new TestDatabase();
        await using var connection = database.File.OpenWriter();
        await using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {setting}";

        Assert.Equal(value, Convert.ToString(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), null));
    }

    [Fact]
    public async Task A_reader_cannot_write()
    {
        await using var database = new TestDatabase();
        await using var connection = database.File.OpenReader();
        await using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM fact";

        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(
            () => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }
}
