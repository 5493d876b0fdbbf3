using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EvCharge.HouseTests.Structure;

/// <summary>How long files and methods may be.</summary>
internal static class SizeRule
{
    public const int File = 400;
    public const int FileP95 = 250;
    public const int FileMedian = 80;
    public const int Method = 70;
    public const int Grain = 250;
    public const int Program = 40;

    public static IEnumerable<Finding> Files(IEnumerable<SourceText> sources) =>
        from source in sources
        let limit = LimitOf(source)
        where source.Lines > limit
        select new Finding(source.Path, limit, $"has {source.Lines} lines, {limit} are allowed");

    public static IEnumerable<Finding> Methods(IEnumerable<SourceText> sources) =>
        from source in sources
        from method in source.Nodes<SyntaxNode>().Where(IsMethod)
        let span = method.GetLocation().GetLineSpan()
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where lines > Method
        select source.At(method, $"is a method of {lines} lines, {Method} are allowed");

    /// <summary>The value that the given share of the files does not exceed.</summary>
    public static int Quantile(IEnumerable<SourceText> sources, double share)
    {
        var lengths = sources.Select(source => source.Lines).Order().ToList();
        return lengths[(int)Math.Ceiling(share * lengths.Count) - 1];
    }

    private static int LimitOf(SourceText source) => source switch
    {
        { Name: "Program.cs" } => Program,
        _ when source.Path.StartsWith("src/Grains/", StringComparison.Ordinal) && source.Name.Split('.')[0].EndsWith("Grain", StringComparison.Ordinal) => Grain,
        _ => File,
    };

    private static bool IsMethod(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
        || node is PropertyDeclarationSyntax { ExpressionBody: not null };
}
