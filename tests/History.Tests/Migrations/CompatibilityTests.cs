using System.Diagnostics;
using EvCharge.History.Engines;
using EvCharge.History.Migrations;
using FluentMigrator;
using FluentMigrator.Expressions;
using FluentMigrator.Infrastructure;
using FluentMigrator.Model;
using Microsoft.Extensions.DependencyInjection;

namespace EvCharge.HistoryTests.Migrations;

/// <summary>
/// A new version migrates while processes of the one before still write: a migration may only add, and only what they need not know of.
/// What is for the embedded engine alone is not looked at: no other process has its file.
/// </summary>
[Trait(TestEngine.Trait, TestEngine.Sqlite)]
public sealed class CompatibilityTests
{
    public static TheoryData<string> Migrations =>
        [.. typeof(MigrationsRunner).Assembly.GetTypes().Where(type => type.IsDefined(typeof(MigrationAttribute), inherit: false)).Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Migrations))]
    public void A_migration_leaves_what_was_there_usable(string name)
    {
        var migration = typeof(MigrationsRunner).Assembly.GetType(name, throwOnError: true)!;
        var expressions = ExpressionsOf((IMigration)ActivatorUtilities.CreateInstance(Services(), migration));

        Assert.Empty(ObjectionsTo(expressions));
    }

    [Fact]
    public void What_an_earlier_version_would_stumble_over_is_found()
    {
        string[] expected =
        [
            "DeleteTable", "DeleteColumn", "RenameColumn", "AlterColumn", "charger.needed has neither null nor a default", "unique index ux_charger on charger",
            "UPDATE charger SET site_id = NULL",
        ];

        Assert.Equal(expected, ObjectionsTo(ExpressionsOf(new Breaking())));
    }

    private static IEnumerable<string> ObjectionsTo(IReadOnlyCollection<IMigrationExpression> expressions)
    {
        var made = expressions.OfType<CreateTableExpression>().Select(table => table.TableName).ToHashSet(StringComparer.Ordinal);
        return expressions.Select(expression => ObjectionTo(expression, made)).OfType<string>();
    }

    private static string? ObjectionTo(IMigrationExpression expression, HashSet<string> made) => expression switch
    {
        CreateTableExpression or InsertDataExpression or AlterTableExpression { TableDescription: null } => null, // The last says only that something follows.
        CreateColumnExpression { Column: var column } when column.IsNullable == true || column.DefaultValue is not ColumnDefinition.UndefinedDefaultValue => null,
        CreateColumnExpression { TableName: var table, Column: var column } => $"{table}.{column.Name} has neither null nor a default",
        CreateIndexExpression { Index: var index } when !index.IsUnique || made.Contains(index.TableName) => null,
        CreateIndexExpression { Index: var index } => $"unique index {index.Name} on {index.TableName}",
        ExecuteSqlStatementExpression { SqlStatement: var sql } => sql.StartsWith("CREATE INDEX ", StringComparison.Ordinal) ? null : sql,
        _ => expression.GetType().Name.Replace("Expression", "", StringComparison.Ordinal),
    };

    private static IReadOnlyCollection<IMigrationExpression> ExpressionsOf(IMigration migration)
    {
        var context = new MigrationContext(new NoSchema(), Services(), "");
        migration.GetUpExpressions(context);
        return [.. context.Expressions];
    }

    private static ServiceProvider Services() => new ServiceCollection().AddSingleton(ColumnTypes.PostgreSql).BuildServiceProvider();

    private sealed class Breaking : ForwardOnlyMigration
    {
        public override void Up()
        {
            Delete.Table("tag");
            Delete.Column("name").FromTable("site");
            Rename.Column("name").OnTable("site").To("title");
            Alter.Column("name").OnTable("site").AsInt32();
            Alter.Table("charger").AddColumn("needed").AsInt32().NotNullable();
            Create.Index("ux_charger").OnTable("charger").OnColumn("model").Ascending().WithOptions().Unique();
            Execute.Sql("UPDATE charger SET site_id = NULL");
        }
    }

    /// <summary>Migrations do not ask for what is there.</summary>
    private sealed class NoSchema : IQuerySchema
    {
        public string DatabaseType => ProcessorIdConstants.Postgres;

        public IList<string> DatabaseTypeAliases => [];

        public bool ColumnExists(string schemaName, string tableName, string columnName) => throw new UnreachableException();

        public bool ConstraintExists(string schemaName, string tableName, string constraintName) => throw new UnreachableException();

        public bool DefaultValueExists(string schemaName, string tableName, string columnName, object defaultValue) => throw new UnreachableException();

        public bool IndexExists(string schemaName, string tableName, string indexName) => throw new UnreachableException();

        public bool SchemaExists(string schemaName) => throw new UnreachableException();

        public bool SequenceExists(string schemaName, string sequenceName) => throw new UnreachableException();

        public bool TableExists(string schemaName, string tableName) => throw new UnreachableException();
    }
}
