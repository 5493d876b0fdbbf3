using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EvCharge.HouseTests.Text;

/// <summary>
/// SQL text may be put together from constants only; what varies is a parameter. A hole in an SQL text that is neither a
/// constant of the house nor <c>nameof</c> is a finding.
/// </summary>
internal static partial class SqlRule
{
    public static IEnumerable<Finding> Check(IReadOnlyList<SourceText> sources)
    {
        var constants = sources.SelectMany(Constants).ToHashSet(StringComparer.Ordinal);
        return from source in sources
               from node in source.Nodes<ExpressionSyntax>()
               from hole in Holes(node)
               where !IsConstant(hole, constants)
               select source.At(hole, $"puts {hole} into an SQL text");
    }

    private static IEnumerable<string> Constants(SourceText source) =>
        from field in source.Syntax.DescendantNodes()
        let list = field switch
        {
            FieldDeclarationSyntax f when f.Modifiers.Any(SyntaxKind.ConstKeyword) => f.Declaration,
            LocalDeclarationStatementSyntax l when l.IsConst => l.Declaration,
            _ => null,
        }
        where list is not null
        from variable in list.Variables
        select variable.Identifier.Text;

    /// <summary>The parts of a text that are not literals, when the literal parts read as SQL.</summary>
    private static IEnumerable<ExpressionSyntax> Holes(ExpressionSyntax node) => node switch
    {
        InterpolatedStringExpressionSyntax text when IsSql(string.Concat(text.Contents.Select(Literal))) =>
            text.Contents.OfType<InterpolationSyntax>().Select(hole => hole.Expression),
        BinaryExpressionSyntax { Parent: not BinaryExpressionSyntax } sum when sum.IsKind(SyntaxKind.AddExpression) && IsSql(Literals(sum)) =>
            Terms(sum).Where(term => term is not LiteralExpressionSyntax and not InterpolatedStringExpressionSyntax),
        AssignmentExpressionSyntax { Left: var left, Right: var added } sum when sum.IsKind(SyntaxKind.AddAssignmentExpression)
            && left.ToString().Contains("sql", StringComparison.OrdinalIgnoreCase) && added is not LiteralExpressionSyntax => [added],
        InvocationExpressionSyntax call when BuildsText().IsMatch(call.Expression.ToString())
            && call.ArgumentList.Arguments.Any(argument => argument.Expression is LiteralExpressionSyntax text && IsSql(text.ToString())) =>
            call.ArgumentList.Arguments.Select(argument => argument.Expression).Where(part => part is not LiteralExpressionSyntax),
        _ => [],
    };

    private static string Literal(InterpolatedStringContentSyntax part) => part is InterpolatedStringTextSyntax text ? text.ToString() : "?";

    private static string Literals(BinaryExpressionSyntax sum) =>
        string.Concat(Terms(sum).Select(term => term is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax ? term.ToString() : "?"));

    private static IEnumerable<ExpressionSyntax> Terms(ExpressionSyntax sum) => sum is BinaryExpressionSyntax both && both.IsKind(SyntaxKind.AddExpression)
        ? Terms(both.Left).Concat(Terms(both.Right))
        : [sum];

    private static bool IsConstant(ExpressionSyntax hole, HashSet<string> constants) => hole switch
    {
        IdentifierNameSyntax name => constants.Contains(name.Identifier.Text),
        MemberAccessExpressionSyntax member => constants.Contains(member.Name.Identifier.Text),
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "nameof" } } => true,
        _ => false,
    };

    private static bool IsSql(string text) => Sql().IsMatch(text);

    [GeneratedRegex(@"\bselect\b[^;]+\bfrom\b|\binsert\s+(or\s+\w+\s+)?into\b|\bupdate\s+[\w""\[\]?]+\s+set\b|\bdelete\s+from\b|\b(create|alter|drop)\s+(unique\s+)?(table|index|view)\b|\bwhere\s+[\w.]+\s*(=|<|>|in\b|like\b)|\border\s+by\s+\w", RegexOptions.IgnoreCase)]
    private static partial Regex Sql();

    [GeneratedRegex(@"^[Ss]tring\.(Format|Concat|Join)$|\.(AppendFormat|Replace)$")]
    private static partial Regex BuildsText();
}
