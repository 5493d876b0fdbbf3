using FluentMigrator.Builders.Create.Index;
using FluentMigrator.Builders.Create.Table;

namespace EvCharge.History.Migrations;

/// <summary>Short words for the columns and indexes of a migration.</summary>
internal static class Columns
{
    public static ICreateTableWithColumnSyntax Key(this ICreateTableWithColumnSyntax table, string name, string type) =>
        table.WithColumn(name).AsCustom(type).NotNullable().PrimaryKey();

    /// <summary>Counts rows in order of insertion.</summary>
    public static ICreateTableWithColumnSyntax RowId(this ICreateTableWithColumnSyntax table) =>
        table.WithColumn("row_id").AsInt64().NotNullable().PrimaryKey().Identity();

    public static ICreateTableWithColumnSyntax Column(this ICreateTableWithColumnSyntax table, string name, string type) =>
        table.WithColumn(name).AsCustom(type).NotNullable();

    public static ICreateTableWithColumnSyntax Optional(this ICreateTableWithColumnSyntax table, string name, string type) =>
        table.WithColumn(name).AsCustom(type).Nullable();

    public static ICreateIndexOnColumnSyntax On(this ICreateIndexForTableSyntax index, string table, params string[] columns)
    {
        ICreateIndexOnColumnSyntax syntax = index.OnTable(table);
        foreach (var column in columns)
        {
            syntax = syntax.OnColumn(column).Ascending();
        }

        return syntax;
    }
}
