using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EvCharge.HouseTests.Structure;

/// <summary>Words that say nothing about the thing they name, as the first or last word of a type or folder.</summary>
internal static partial class NameRule
{
    private static readonly HashSet<string> Empty = new(StringComparer.Ordinal)
    {
        "Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Common", "Base",
    };

    public static IEnumerable<Finding> Check(IEnumerable<SourceText> sources) =>
        sources.SelectMany(source => Types(source).Concat(Folders(source)));

    private static IEnumerable<Finding> Types(SourceText source) =>
        from type in source.Nodes<BaseTypeDeclarationSyntax>()
        where SaysNothing(type.Identifier.Text)
        select source.At(type, $"{type.Identifier.Text} is named by a word that says nothing");

    private static IEnumerable<Finding> Folders(SourceText source) =>
        from part in source.Path.Split('/')
        let name = part.Split('.')[0]
        where SaysNothing(name)
        select new Finding(source.Path, 1, $"{name} is named by a word that says nothing");

    private static bool SaysNothing(string name)
    {
        var words = Word().Matches(name).Select(word => word.Value).SkipWhile(word => word == "I").ToList();
        return words.Count > 0 && (Empty.Contains(words[0]) || Empty.Contains(words[^1]));
    }

    /// <summary>Cuts PascalCase: Database is one word, DataBase two; the I of an interface stands alone.</summary>
    [GeneratedRegex("[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")]
    private static partial Regex Word();
}
