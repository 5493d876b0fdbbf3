namespace EvCharge.HouseTests.Text;

public sealed class SqlTests
{
    [Trait("attack", "sql-injection")]
    [Fact]
    public void No_SQL_text_is_put_together_from_values() => SqlRule.Check(Repository.CSharp("src", "tools")).AreNone();

    [Theory]
    [InlineData("""$"SELECT id FROM tag WHERE tenant_id = '{tenant}'" """, "tenant")]
    [InlineData("""$"update tag set status = {value.ToString()}" """, "value.ToString()")]
    [InlineData("""$"select id from {Table} where id in ({list})" """, "list")]
    [InlineData("\"DELETE FROM tag WHERE id_tag = '\" + tag + \"'\"", "tag")]
    [InlineData("string.Format(\"insert into tag values ('{0}')\", tag)", "tag")]
    [InlineData("sql += filter", "filter")]
    public void A_value_in_an_SQL_text_is_found(string expression, string hole)
    {
        var found = Assert.Single(Check(expression));

        Assert.Equal($"puts {hole} into an SQL text", found.Says);
    }

    [Theory]
    [InlineData("""$"select {Columns} from {Names.Tag} where tenant_id = @tenant" """)]
    [InlineData("\"select id \" + \"from tag where id = @id\"")]
    [InlineData("""$"no tag {tag} from that tenant" """)]
    [InlineData("""$"select a charger: {tag}" """)]
    public void Constants_parameters_and_prose_are_fine(string expression) => Assert.Empty(Check(expression));

    private static IEnumerable<Finding> Check(string expression) => SqlRule.Check(
    [
        new("src/Names.cs", "class Names { public const string Tag = \"tag\"; }"),
        new("src/Sample.cs", $"class Sample {{ const string Columns = \"id\", Table = \"tag\"; object F() => {expression}; }}"),
    ]);
}
