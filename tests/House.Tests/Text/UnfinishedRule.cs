using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EvCharge.HouseTests.Text;

/// <summary>Marks of work left undone, and blocks folded away.</summary>
internal static partial class UnfinishedRule
{
    public static IEnumerable<Finding> Check(IEnumerable<SourceText> sources) => sources.SelectMany(source => Marks(source).Concat(Stubs(source)));

    private static IEnumerable<Finding> Marks(SourceText source) =>
        from Match mark in Mark().Matches(source.Text)
        select source.At(mark.Index, $"has the mark {mark.Value}");

    /// <summary>
    /// A NotSupportedException without a text is a stub: a real refusal says what is not supported. A stream alone may leave
    /// out what its kind cannot do.
    /// </summary>
    private static IEnumerable<Finding> Stubs(SourceText source) =>
        from thrown in source.Nodes<ObjectCreationExpressionSyntax>()
        where thrown.Type.ToString() == "NotSupportedException" && thrown.ArgumentList is { Arguments.Count: 0 } && !IsInStream(thrown)
        select source.At(thrown, "is a stub");

    private static bool IsInStream(SyntaxNode node) =>
        node.FirstAncestorOrSelf<ClassDeclarationSyntax>()?.BaseList?.Types.Any(type => type.ToString().Split('(')[0] == "Stream") == true;

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX|NotImplementedException)\b|#region")]
    private static partial Regex Mark();
}
