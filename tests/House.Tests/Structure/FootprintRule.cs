using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EvCharge.HouseTests.Structure;

/// <summary>In how many files of the product a name stands as code; comments and texts do not count.</summary>
internal static class FootprintRule
{
    public static IReadOnlyList<string> FilesWith(IEnumerable<SourceText> sources, string name) =>
    [
        .. sources.Where(source => source.Text.Contains(name, StringComparison.Ordinal))
            .Where(source => source.Syntax.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Text == name))
            .Select(source => source.Path),
    ];

    public static IEnumerable<Finding> Check(IReadOnlyList<SourceText> sources, IEnumerable<string> names, int allowed) =>
        from name in names
        let files = FilesWith(sources, name)
        where files.Count != allowed
        select new Finding(files is [var first, ..] ? first : name, 1, $"{name} stands in {files.Count} files, {allowed} are meant: {string.Join(", ", files)}");
}
