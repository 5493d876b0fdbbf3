using System.Globalization;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EvCharge.HouseTests.Contracts;

/// <summary>
/// Every serialized type by alias, with the numbers and types of its members: what two versions of a silo must agree on.
/// Names of members do not travel and are left out.
/// </summary>
internal static class SerializedForm
{
    public const string Header =
        """
        # Serialized types: alias, then one line per member (number and type) or per enum value.
        # A number or an enum value is never given a second meaning. How to change this file: CONTRIBUTING.md.

        """;

    public static string Render(IEnumerable<SourceText> sources) =>
        Header + string.Concat(sources.SelectMany(SerializedMembers.SerializedTypes)
            .Select(type => (Alias: type.AttributeLists.Argument("Alias") ?? type.Identifier.Text, Type: type))
            .OrderBy(named => named.Alias, StringComparer.Ordinal)
            .Select(named => $"\n{named.Alias}{ParentOf(named.Type)}\n{string.Concat(LinesOf(named.Type))}"));

    private static string ParentOf(BaseTypeDeclarationSyntax type) =>
        type.BaseList?.Types.Select(parent => parent.Type.ToString()).FirstOrDefault(IsClass) is { } parent ? $" : {parent}" : "";

    /// <summary>The hierarchy is serialized level by level; interfaces are not part of it.</summary>
    private static bool IsClass(string name) => name.Length < 2 || name[0] != 'I' || !char.IsUpper(name[1]);

    private static IEnumerable<string> LinesOf(BaseTypeDeclarationSyntax type) => type is EnumDeclarationSyntax values
        ? Values(values)
        : SerializedMembers.DataOf(type)
            .OrderBy(member => int.TryParse(member.Id, CultureInfo.InvariantCulture, out var id) ? id : int.MaxValue)
            .Select(member => $"  {member.Id} {member.Type}\n");

    private static IEnumerable<string> Values(EnumDeclarationSyntax type)
    {
        var next = 0;
        foreach (var member in type.Members)
        {
            next = member.EqualsValue is { } given ? int.Parse(given.Value.ToString(), CultureInfo.InvariantCulture) : next;
            yield return $"  {member.Identifier} = {next++}\n";
        }
    }
}
