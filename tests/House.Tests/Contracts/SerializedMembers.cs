using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EvCharge.HouseTests.Contracts;

/// <summary>A member that holds data of a serialized type: a parameter of a record, a field or an automatic property.</summary>
/// <param name="Id">As written, or null when the attribute is missing.</param>
internal sealed record SerializedMember(SyntaxNode Node, string Name, string Type, string? Id);

internal static class SerializedMembers
{
    public static IEnumerable<BaseTypeDeclarationSyntax> SerializedTypes(this SourceText source) =>
        source.Nodes<BaseTypeDeclarationSyntax>().Where(type => type.AttributeLists.Has("GenerateSerializer"));

    public static IEnumerable<SerializedMember> DataOf(BaseTypeDeclarationSyntax type) =>
        type is TypeDeclarationSyntax declaration ? Parameters(declaration).Concat(declaration.Members.SelectMany(Members)) : [];

    private static IEnumerable<SerializedMember> Parameters(TypeDeclarationSyntax type) =>
        type is RecordDeclarationSyntax { ParameterList: { } list }
            ? list.Parameters.Where(parameter => !IsPassedOn(parameter, type)).Select(parameter => new SerializedMember(
                parameter, parameter.Identifier.Text, parameter.Type!.ToString(), parameter.AttributeLists.Argument("Id")))
            : [];

    /// <summary>A parameter that only goes to the base record declares no property of its own.</summary>
    private static bool IsPassedOn(ParameterSyntax parameter, TypeDeclarationSyntax type) =>
        type.BaseList?.Types.OfType<PrimaryConstructorBaseTypeSyntax>().SelectMany(parent => parent.ArgumentList.Arguments)
            .Any(argument => argument.ToString() == parameter.Identifier.Text) == true
        && !parameter.AttributeLists.Has("Id");

    private static IEnumerable<SerializedMember> Members(MemberDeclarationSyntax member) => member switch
    {
        _ when member.Modifiers.Any(SyntaxKind.StaticKeyword) || member.Modifiers.Any(SyntaxKind.ConstKeyword) => [],
        _ when member.AttributeLists.Has("NonSerialized") => [],
        PropertyDeclarationSyntax { ExpressionBody: null, AccessorList: { } accessors } property
            when accessors.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null) =>
            [new(property, property.Identifier.Text, property.Type.ToString(), property.AttributeLists.Argument("Id"))],
        FieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => new SerializedMember(
            field, variable.Identifier.Text, field.Declaration.Type.ToString(), field.AttributeLists.Argument("Id"))),
        _ => [],
    };
}
