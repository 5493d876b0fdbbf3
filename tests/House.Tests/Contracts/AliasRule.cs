using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EvCharge.HouseTests.Contracts;

/// <summary>
/// What crosses a silo boundary is known by an alias and by member numbers, so that renaming a type or moving a member
/// breaks no cluster that is upgraded silo by silo.
/// </summary>
internal static class AliasRule
{
    public static IEnumerable<Finding> Check(IReadOnlyList<SourceText> sources) =>
        sources.SelectMany(Interfaces).Concat(sources.SelectMany(Types)).Concat(Repeated(sources));

    private static IEnumerable<Finding> Interfaces(SourceText source) =>
        from contract in source.Nodes<InterfaceDeclarationSyntax>()
        where IsGrainInterface(contract)
        from finding in Unnamed(source, contract).Concat(Methods(source, contract))
        select finding;

    private static bool IsGrainInterface(InterfaceDeclarationSyntax contract) =>
        contract.BaseList?.Types.Any(type => type.Type.ToString().StartsWith("IGrain", StringComparison.Ordinal)) == true;

    private static IEnumerable<Finding> Methods(SourceText source, InterfaceDeclarationSyntax contract)
    {
        var methods = contract.Members.OfType<MethodDeclarationSyntax>().ToList();
        var missing = methods.Where(method => !method.AttributeLists.Has("Alias"))
            .Select(method => source.At(method, $"{contract.Identifier}.{method.Identifier} has no alias"));
        var twice = methods.GroupBy(method => method.AttributeLists.Argument("Alias"))
            .Where(group => group.Key is not null && group.Count() > 1)
            .Select(group => source.At(group.Last(), $"{contract.Identifier} uses the alias {group.Key} twice"));
        return missing.Concat(twice);
    }

    private static IEnumerable<Finding> Types(SourceText source) =>
        from type in source.SerializedTypes()
        from finding in Unnamed(source, type).Concat(Members(source, type))
        select finding;

    private static IEnumerable<Finding> Members(SourceText source, BaseTypeDeclarationSyntax type)
    {
        var members = SerializedMembers.DataOf(type).ToList();
        var missing = members.Where(member => member.Id is null)
            .Select(member => source.At(member.Node, $"{type.Identifier}.{member.Name} has no id"));
        var twice = members.GroupBy(member => member.Id).Where(group => group.Key is not null && group.Count() > 1)
            .Select(group => source.At(group.Last().Node, $"{type.Identifier} uses the id {group.Key} twice"));
        return missing.Concat(twice);
    }

    private static IEnumerable<Finding> Unnamed(SourceText source, BaseTypeDeclarationSyntax type) =>
        type.AttributeLists.Has("Alias") ? [] : [source.At(type, $"{type.Identifier} has no alias")];

    private static IEnumerable<Finding> Repeated(IEnumerable<SourceText> sources) =>
        from source in sources
        from type in source.Nodes<BaseTypeDeclarationSyntax>()
        let alias = type.AttributeLists.Argument("Alias")
        where alias is not null
        group source.At(type, $"uses the alias {alias} of another type") by alias into named
        where named.Count() > 1
        select named.Last();
}
