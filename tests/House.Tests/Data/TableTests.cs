using EvCharge.History;
using EvCharge.History.Migrations;
using EvCharge.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvCharge.HouseTests.Data;

public sealed class TableTests
{
    [Fact]
    public async Task Every_table_of_the_record_is_led_by_its_tenant()
    {
        var folder = Directory.CreateTempSubdirectory("evcharge-house-");
        try
        {
            await MigrationsRunner.Run(
                new HistoryOptions { Database = DatabaseLocation.Folder(folder.FullName) }, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
            await using var database = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "history.db")};Pooling=False");
            await database.OpenAsync(TestContext.Current.CancellationToken);

            Assert.Contains("charging_transaction", TableRule.TablesOf(database));
            TableRule.Check(database).AreNone();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("create table tag (tenant_id text not null, id_tag text, primary key (tenant_id, id_tag))", true)]
    [InlineData("create table tag (id integer primary key, tenant_id text not null); create index by_tenant on tag (tenant_id, id)", true)]
    [InlineData("create table tag (id integer primary key, tenant_id text); create index by_tenant on tag (tenant_id, id)", false)]
    [InlineData("create table tag (id_tag text primary key)", false)]
    [InlineData("create table tag (id_tag text primary key, tenant_id text not null)", false)]
    [InlineData("create table tag (id_tag text primary key, tenant_id text not null); create index by_tag on tag (id_tag, tenant_id)", false)]
    public void A_table_that_is_not_led_by_its_tenant_is_found(string schema, bool fine)
    {
        using var database = new SqliteConnection("Data Source=:memory:");
        database.Open();
        using (var command = database.CreateCommand())
        {
            command.CommandText = schema;
            command.ExecuteNonQuery();
        }

        Assert.Equal(["tag"], TableRule.TablesOf(database));
        Assert.Equal(fine, !TableRule.Check(database).Any());
    }
}
