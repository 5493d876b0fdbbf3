using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EvCharge.HouseTests.Docs;

/// <summary>The settings that a paper names, <c>`Section:Key`</c>, are properties of an options class with that section.</summary>
internal static partial class SettingRule
{
    /// <summary>Sections whose keys belong to the platform, and words that stand for any section.</summary>
    private static readonly HashSet<string> Foreign = new(StringComparer.Ordinal) { "Kestrel", "Section" };

    public static IEnumerable<Finding> Check(IEnumerable<SourceText> papers, IEnumerable<SourceText> sources)
    {
        var known = sources.SelectMany(Keys).ToHashSet(StringComparer.Ordinal);
        return from paper in papers
               from Match setting in Setting().Matches(paper.Text)
               where !Foreign.Contains(setting.Groups["section"].Value) && !known.Contains(setting.Groups["key"].Value)
               select paper.At(setting.Index, $"names the setting {setting.Groups["key"].Value}, which does not exist");
    }

    public static IEnumerable<string> Keys(SourceText source) =>
        from type in source.Nodes<ClassDeclarationSyntax>()
        let section = SectionOf(type)
        where section is not null
        from property in type.Members.OfType<PropertyDeclarationSyntax>()
        select $"{section}:{property.Identifier.Text}";

    private static string? SectionOf(ClassDeclarationSyntax type) =>
        (from field in type.Members.OfType<FieldDeclarationSyntax>()
         from variable in field.Declaration.Variables
         where variable.Identifier.Text == "Section" && variable.Initializer is not null
         select variable.Initializer!.Value.ToString().Trim('"')).FirstOrDefault();

    [GeneratedRegex(@"`(?<key>(?<section>[A-Z]\w+):[A-Z]\w+)`")]
    private static partial Regex Setting();
}
