using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EvCharge.HouseTests.Contracts;

/// <summary>Attributes as they stand in the source.</summary>
internal static class Attributes
{
    public static bool Has(this SyntaxList<AttributeListSyntax> lists, string name) => lists.Find(name) is not null;

    /// <summary>The first argument of an attribute without quotes; null when the attribute is absent.</summary>
    public static string? Argument(this SyntaxList<AttributeListSyntax> lists, string name) =>
        lists.Find(name)?.ArgumentList?.Arguments[0].ToString().Trim('"');

    private static AttributeSyntax? Find(this SyntaxList<AttributeListSyntax> lists, string name) =>
        lists.SelectMany(list => list.Attributes).FirstOrDefault(attribute => attribute.Name.ToString() == name);
}
