using System.Data;
using System.Reflection;
using EvCharge.History.Chargers;
using EvCharge.History.Frames;
using EvCharge.History.Proxy;
using EvCharge.History.Engines;
using EvCharge.Storage;
using EvCharge.Storage.Servers;
using Microsoft.SqlServer.Dac.Model;

namespace EvCharge.SqlServerTests;

/// <summary>
/// SQL Server's own tools read our T-SQL without a server: the tables that the migrations make, and every statement against
/// them.
/// </summary>
public sealed class TransactSqlTests
{
    private const int LongestClusteredKey = 900;
    private const int LongestIndexKey = 1_700;

    private static readonly OrleansServer Orleans = OrleansServer.Of(DatabaseEngine.SqlServer)!;

    [Fact]
    public async Task Every_statement_of_history_names_what_is_there()
    {
        using var model = TransactSqlModel.Load(SchemaScript.Statements());
        var statements = (await RecordedStatements.Take()).Keys.Concat(Constants()).Concat(OfTheEngine()).Distinct(StringComparer.Ordinal).ToArray();

        foreach (var statement in statements)
        {
            model.Add(statement);
        }

        Assert.True(statements.Length > 100, $"There are {statements.Length}.");
        Assert.Empty(model.Faults());
    }

    [Fact]
    public async Task Calling_every_method_sends_nearly_every_statement()
    {
        var sent = await RecordedStatements.Take();

        // Those that are left take a site of no name, some hundred events, a logged answer that is paired with its call, and readings and
        // statuses of relayed chargers, whose made-up messages are starts.
        Assert.Equal(
            new[]
            {
                ChargerStatements.NeglectedOfNoSite.TransactSql, ChargerStatements.PruneEvents.TransactSql, FrameStatements.SettleCall,
                ProxyStatements.AddOfTransaction, ProxyStatements.DropStatus, ProxyStatements.DropOldest.TransactSql,
            }.Order(StringComparer.Ordinal),
            Constants().Where(text => !sent.ContainsKey(text)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_statement_of_orleans_names_what_is_there()
    {
        using var model = TransactSqlModel.Load([.. Orleans.Tables, Orleans.VersionTable]);

        foreach (var statement in Orleans.Queries.Select(query => query.Text).Concat([Orleans.TakeLock, Orleans.SetVersion, Orleans.PutQuery]))
        {
            model.Add(statement);
        }

        Assert.Equal(OrleansServer.Of(DatabaseEngine.PostgreSql)!.Queries.Select(query => query.Key), Orleans.Queries.Select(query => query.Key));
        Assert.Empty(model.Faults());
    }

    [Theory]
    [InlineData("SELECT nothing FROM tag", "[nothing]")]
    [InlineData("SELECT * FROM nowhere", "[nowhere]")]
    [InlineData("UPDATE tag SET status = @status WHERE tenant = @tenant", "[tenant]")]
    [InlineData("MERGE tag AS stored USING (SELECT @key AS tag_key) AS given ON stored.tag_key = given.nothing WHEN MATCHED THEN DELETE;", "[given]")]
    [InlineData("BEGIN TRY INSERT INTO tag (tenant_id, nothing) VALUES (@a, @b) END TRY BEGIN CATCH THROW; END CATCH", "[nothing]")]
    public void What_is_not_there_is_found(string statement, string missing)
    {
        using var model = TransactSqlModel.Load(SchemaScript.Statements());

        model.Add(statement);

        Assert.Contains(missing, Assert.Single(model.Faults()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT * FROM tag LIMIT 1")]
    [InlineData("INSERT INTO tag (tenant_id) VALUES (@tenant) ON CONFLICT DO NOTHING")]
    [InlineData("SELECT rule FROM conformance_warning")]
    public void What_is_no_transact_sql_is_refused(string statement)
    {
        using var model = TransactSqlModel.Load(SchemaScript.Statements());

        Assert.Throws<FormatException>(() => model.Add(statement));
    }

    [Fact]
    public async Task Parameters_have_the_types_of_their_columns_so_that_indexes_serve_them()
    {
        var parameters = (await RecordedStatements.Take()).Values.SelectMany(each => each).ToArray();

        Assert.Contains(parameters, parameter => parameter.SqlDbType == SqlDbType.DateTime2);
        Assert.DoesNotContain(parameters, parameter => parameter is { SqlDbType: SqlDbType.DateTime2, Scale: not 3 });
        Assert.DoesNotContain(parameters, parameter => parameter.SqlDbType is SqlDbType.DateTime or SqlDbType.DateTimeOffset or SqlDbType.VarChar);

        // A plan for each length of each text would fill the server's memory.
        Assert.Empty(parameters.Where(parameter => parameter.SqlDbType == SqlDbType.NVarChar && parameter.Value is string && parameter.Size is not (4000 or -1))
            .Select(parameter => $"{parameter.ParameterName} {parameter.Size}").Distinct());
    }

    [Fact]
    public void Every_key_fits_into_an_index()
    {
        using var model = TransactSqlModel.Load([.. SchemaScript.Statements(), .. Orleans.Tables]);

        var keys = model.Of(Microsoft.SqlServer.Dac.Model.Index.TypeClass)
            .Select(index => Key(index, index.GetReferenced(Microsoft.SqlServer.Dac.Model.Index.Columns), LongestIndexKey))
            .Concat(model.Of(PrimaryKeyConstraint.TypeClass)
                .Select(key => Key(key, key.GetReferenced(PrimaryKeyConstraint.Columns), LongestClusteredKey)))
            .ToArray();

        Assert.True(keys.Length > 40, $"There are {keys.Length}.");
        Assert.DoesNotContain(keys, key => key.Bytes > key.Limit);
    }

    [Fact]
    public void Every_table_names_the_tenant_and_its_keys_begin_with_it()
    {
        using var model = TransactSqlModel.Load(SchemaScript.Statements());
        var keys = model.Of(Microsoft.SqlServer.Dac.Model.Index.TypeClass)
            .Select(index => (index.Name.Parts, First: index.GetReferenced(Microsoft.SqlServer.Dac.Model.Index.Columns).First()))
            .Concat(model.Of(PrimaryKeyConstraint.TypeClass).Select(key => (key.Name.Parts, First: key.GetReferenced(PrimaryKeyConstraint.Columns).First())))
            .Where(key => key.First.Name.Parts[^1] is not ("tenant_id" or "row_id"))
            .Select(key => key.Parts[^1]);
        var without = model.Of(Table.TypeClass)
            .Where(table => !table.GetReferenced(Table.Columns).Any(column => column.Name.Parts[^1] == "tenant_id" && !column.GetProperty<bool>(Column.Nullable)))
            .Select(table => table.Name.Parts[^1]);

        Assert.Equal(["ux_credential_secret"], keys);
        Assert.Empty(without);
    }

    [Fact]
    public void Every_text_is_compared_by_its_code_points()
    {
        using var model = TransactSqlModel.Load(SchemaScript.Statements());

        var otherwise = model.Of(Table.TypeClass)
            .SelectMany(table => table.GetReferenced(Table.Columns))
            .Where(column => column.GetReferenced(Column.DataType).Single().Name.Parts[^1] is "nvarchar" or "varchar")
            .Where(column => column.GetProperty<string>(Column.Collation) != "Latin1_General_100_BIN2")
            .Select(column => column.Name.ToString());

        Assert.Empty(otherwise);
    }

    /// <summary>The constants of History that are statements, as this engine understands them.</summary>
    private static IEnumerable<string> Constants() =>
        from type in typeof(HistoryEngine).Assembly.GetTypes()
        where type.Name.EndsWith("Statements", StringComparison.Ordinal) || type.Name.EndsWith("Queries", StringComparison.Ordinal)
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        let text = field.GetValue(null) switch
        {
            Statement statement => statement.TransactSql,
            string constant when field.IsLiteral => constant,
            _ => null,
        }
        where text is not null
        select text;

    /// <summary>What opens, locks and commits.</summary>
    private static IEnumerable<string> OfTheEngine()
    {
        var dialect = new SqlServerDialect();
        string[] own = [.. dialect.Begin, .. dialect.BeginAlone, dialect.Commit, dialect.Savepoint, dialect.RollBackToSavepoint];
        return own.Concat(
            from type in typeof(HistoryEngine).Assembly.GetTypes()
            where type.Name.StartsWith("SqlServer", StringComparison.Ordinal)
            from field in type.GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            where field.IsLiteral && field.FieldType == typeof(string)
            select (string)field.GetRawConstantValue()!);
    }

    private static (string Name, int Bytes, int Limit) Key(TSqlObject key, IEnumerable<TSqlObject> columns, int limit) =>
        (key.Name.ToString(), columns.Sum(Bytes), limit);

    private static int Bytes(TSqlObject column) => column.GetReferenced(Column.DataType).SingleOrDefault()?.Name.Parts[^1] switch
    {
        "nvarchar" => column.GetProperty<bool>(Column.IsMax) ? int.MaxValue / 100 : 2 * column.GetProperty<int>(Column.Length),
        "binary" => column.GetProperty<int>(Column.Length),
        "int" => 4,
        "bit" => 1,
        "bigint" or "float" or "datetime2" => 8,
        null => 32, // The computed column of grain states, a SHA-256.
        var other => throw new InvalidOperationException($"{column.Name} is {other}."),
    };
}
