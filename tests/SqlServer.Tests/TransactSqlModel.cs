using System.Text;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace EvCharge.SqlServerTests;

/// <summary>
/// A database as SQL Server's own tools understand it from its script. Statements are wrapped into procedures: what they name
/// must then be there.
/// </summary>
internal sealed class TransactSqlModel : IDisposable
{
    /// <summary>What a server brings itself is not in the model.</summary>
    private static readonly string[] OfTheServer = ["sp_getapplock", "[sys].", "inserted"];

    private readonly TSqlModel _model = new(SqlServerVersion.Sql150, new TSqlModelOptions());
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    private TransactSqlModel()
    {
    }

    public IEnumerable<TSqlObject> Of(ModelTypeClass type) => _model.GetObjects(DacQueryScopes.UserDefined, type);

    /// <param name="definitions">Of tables, indexes and sequences; what else a script does is left out.</param>
    public static TransactSqlModel Load(IEnumerable<string> definitions)
    {
        var model = new TransactSqlModel();
        foreach (var statement in WithLaterColumns([.. definitions.SelectMany(Definitions)]))
        {
            model._model.AddObjects(statement);
        }

        return model;
    }

    /// <summary>Adds a statement, with what it does not declare as parameters. Fails when it cannot be parsed.</summary>
    public void Add(string sql)
    {
        var name = $"statement_{_texts.Count}";
        var variables = new Variables();
        Parse(sql).Accept(variables);
        _model.AddObjects($"CREATE PROCEDURE {name} {variables.AsParameters()} AS\nBEGIN\n{sql}\nEND");
        _texts.Add(name, sql);
    }

    /// <summary>What is wrong, with the statement it is wrong in.</summary>
    public IReadOnlyList<string> Faults() =>
    [
        .. _model.Validate()
            .Select(message => message.Message)
            .Where(message => !OfTheServer.Any(known => message.Contains(known, StringComparison.Ordinal)))
            .Select(message => _texts.Keys.FirstOrDefault(name => message.Contains($"[{name}]", StringComparison.Ordinal)) is { } name
                ? $"{message}\n{_texts[name]}"
                : message),
    ];

    public void Dispose() => _model.Dispose();

    public static TSqlFragment Parse(string sql)
    {
        var fragment = new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        return errors.Count == 0 ? fragment : throw new FormatException($"{errors[0].Message}\n{sql}");
    }

    /// <summary>The tools take columns from the statement that makes a table: those that come later are put there.</summary>
    private static IEnumerable<string> WithLaterColumns(IReadOnlyList<TSqlStatement> statements)
    {
        var tables = statements.OfType<CreateTableStatement>().ToDictionary(table => table.SchemaObjectName.BaseIdentifier.Value);
        var later = statements.OfType<AlterTableAddTableElementStatement>().Where(change => change.Definition.ColumnDefinitions.Count > 0).ToList();
        foreach (var change in later)
        {
            foreach (var column in change.Definition.ColumnDefinitions)
            {
                tables[change.SchemaObjectName.BaseIdentifier.Value].Definition.ColumnDefinitions.Add(column);
            }
        }

        var generator = new Sql150ScriptGenerator();
        foreach (var statement in statements.Except(later))
        {
            generator.GenerateScript(statement, out var text);
            yield return text;
        }
    }

    private static IEnumerable<TSqlStatement> Definitions(string sql) =>
        from batch in ((TSqlScript)Parse(sql)).Batches
        from statement in batch.Statements
        let definition = statement is IfStatement { ThenStatement: var then } ? then : statement
        where definition is CreateTableStatement or CreateIndexStatement or CreateSequenceStatement or AlterTableStatement
        select definition;

    private sealed class Variables : TSqlFragmentVisitor
    {
        private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);
        private readonly HashSet<string> _declared = new(StringComparer.OrdinalIgnoreCase);

        public override void Visit(VariableReference node) => _used.Add(node.Name);

        public override void Visit(DeclareVariableElement node) => _declared.Add(node.VariableName.Value);

        public string AsParameters() => _used.Except(_declared, StringComparer.OrdinalIgnoreCase)
            .Aggregate(new StringBuilder(), (list, name) => list.Append(list.Length > 0 ? ", " : "").Append(name).Append(" nvarchar(4000)"))
            .ToString();
    }
}
