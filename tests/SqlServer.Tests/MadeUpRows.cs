using System.Collections.Concurrent;
using System.Data;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace EvCharge.SqlServerTests;

/// <summary>Answers of a database: columns of the types that its tables have, and one row or none.</summary>
internal static class MadeUpRows
{
    private const string Profile =
        """{"purpose":"TxDefaultProfile","kind":"Relative","stackLevel":0,"schedule":{"unit":"A","periods":[{"start":0,"limit":6}]}}""";

    /// <summary>What must be more than some text or some octets.</summary>
    private static readonly Dictionary<string, object> Special = new(StringComparer.Ordinal)
    {
        ["sites"] = "[]",
        ["roles"] = "[]",
        ["mode"] = "Accept",
        ["role"] = "Observer",
        ["action"] = "MeterValues",
        ["fallback"] = "tags",
        ["samples"] = "[[],[]]"u8.ToArray(),
        ["profile"] = Profile,
        ["desired"] = Profile,
        ["held"] = Profile,
        ["steps"] = "[]",
        ["mode_content"] = """{"unit":"W"}""",
    };

    private static readonly ILookup<string, (string Name, object Value)> Tables = ReadTables();

    private static readonly ConcurrentDictionary<string, Shape> Shapes = new(StringComparer.Ordinal);

    /// <summary>There is a row wherever one is looked for.</summary>
    public static DataTable Found(string sql) => Make(sql, found: true);

    /// <summary>Nothing is found; what is written, and whether there is something, is answered all the same.</summary>
    public static DataTable Nothing(string sql) => Make(sql, found: false);

    private static DataTable Make(string sql, bool found)
    {
        var shape = Shapes.GetOrAdd(sql, Shape.Of);
        var table = new DataTable();
        foreach (var (name, value) in shape.Values)
        {
            table.Columns.Add(table.Columns.Contains(name) ? $"{name}_{table.Columns.Count}" : name, value.GetType());
        }

        if (shape.Values.Count > 0 && (found || shape.Always))
        {
            table.Rows.Add([.. shape.Values.Select(column => column.Value is bool && shape.Always ? found : column.Value)]);
        }

        return table;
    }

    private static ILookup<string, (string Name, object Value)> ReadTables()
    {
        using var model = TransactSqlModel.Load(SchemaScript.Statements());
        return (from table in model.Of(Table.TypeClass)
                from column in table.GetReferenced(Table.Columns)
                let name = column.Name.Parts[^1]
                select (Table: table.Name.Parts[^1], Name: name, Value: Special.GetValueOrDefault(name) ?? ValueOf(column)))
            .ToLookup(each => each.Table, each => (each.Name, each.Value));
    }

    private static object ValueOf(TSqlObject column) => column.GetReferenced(Column.DataType).Single().Name.Parts[^1] switch
    {
        "nvarchar" => "x",
        "datetime2" => new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Unspecified),
        "float" => 1.0,
        "bit" => false,
        "int" => 1,
        "bigint" => 1L,
        "binary" or "varbinary" => new byte[32],
        var other => throw new InvalidOperationException($"{column.Name} is {other}."),
    };

    /// <summary>The columns of the outermost question. A constant is none: it only tells that there is a row.</summary>
    private sealed class Shape(Names names) : TSqlFragmentVisitor
    {
        public List<(string Name, object Value)> Values { get; } = [];

        /// <summary>Whether there is a row whatever the database knows.</summary>
        public bool Always { get; private set; }

        public static Shape Of(string sql)
        {
            var parsed = TransactSqlModel.Parse(sql);
            var names = new Names();
            parsed.Accept(names);
            var shape = new Shape(names);
            parsed.AcceptChildren(shape);
            return shape;
        }

        public override void ExplicitVisit(QuerySpecification node)
        {
            foreach (var element in node.SelectElements)
            {
                Add(element, node.FromClause?.TableReferences[0] as NamedTableReference);
            }
        }

        public override void ExplicitVisit(OutputClause node)
        {
            Always = true;
            foreach (var element in node.SelectColumns)
            {
                Add(element, from: null);
            }
        }

        private void Add(SelectElement element, NamedTableReference? from)
        {
            switch (element)
            {
                case SelectStarExpression:
                    Values.AddRange(Tables[from!.SchemaObject.BaseIdentifier.Value]);
                    break;
                case SelectScalarExpression { Expression: ColumnReferenceExpression column } scalar:
                    var name = column.MultiPartIdentifier.Identifiers[^1].Value;
                    Values.Add((scalar.ColumnName?.Value ?? name, names.ValueOf(name)));
                    break;
                case SelectScalarExpression { Expression: FunctionCall call } aggregate:
                    Always = true;
                    Values.Add((aggregate.ColumnName?.Value ?? "aggregate", Of(call)));
                    break;
                case SelectScalarExpression { Expression: SearchedCaseExpression or IIfCall } either:
                    Always = true;
                    Values.Add((either.ColumnName?.Value ?? "either", true));
                    break;
            }
        }

        private object Of(FunctionCall call) => call.Parameters is [ColumnReferenceExpression { MultiPartIdentifier.Identifiers: [.., var column] }]
            ? names.ValueOf(column.Value)
            : 1;
    }

    /// <summary>The tables of a statement, and the names that questions within it give to columns.</summary>
    private sealed class Names : TSqlFragmentVisitor
    {
        private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);
        private readonly Dictionary<string, object> _columns = new(StringComparer.Ordinal);

        public override void Visit(NamedTableReference node)
        {
            foreach (var (name, value) in Tables[node.SchemaObject.BaseIdentifier.Value])
            {
                _columns.TryAdd(name, value);
            }
        }

        public override void Visit(SelectScalarExpression node)
        {
            if (node is { ColumnName: { } alias, Expression: ColumnReferenceExpression column })
            {
                _aliases.TryAdd(alias.Value, column.MultiPartIdentifier.Identifiers[^1].Value);
            }
        }

        public object ValueOf(string name) => _columns.GetValueOrDefault(name) ?? _columns[_aliases[name]];
    }
}
