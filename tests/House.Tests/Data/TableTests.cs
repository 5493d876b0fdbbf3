using Microsoft.Data.Sqlite;

namespace EvCharge.HouseTests.Data;

public sealed class TableTests
{
    [Theory]
    [InlineData("create table tag (tenant_id text, id_tag text, primary key (tenant_id, id_tag))", true)]
    [InlineData("create table tag (id integer primary key, tenant_id text, id_tag text, unique (tenant_id, id_tag))", true)]
    [InlineData("create table tag (id_tag text primary key)", false)]
    [InlineData("create table tag (id_tag text primary key, tenant_id text)", false)]
    [InlineData("create table tag (id_tag text primary key, tenant_id text); create index by_tenant on tag (tenant_id)", false)]
    public void A_table_without_the_tenant_in_its_key_is_found(string schema, bool fine)
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
