using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EvCharge.HouseTests.Data;

/// <summary>
/// Whoever reads or writes History says first in whose name: the first argument of every public asynchronous method is a
/// tenant, an id that contains one, or a record that holds such an id.
/// </summary>
internal static class TenantRule
{
    private static readonly string[] Ids = ["TenantId", "SiteScope", "SiteId", "ChargerId", "ConnectorId", "ProxyLinkId"];

    /// <summary>
    /// A secret says whose it is; at the start of the only process nobody of any tenant is connected; and a gateway serves
    /// the chargers of each. The tenants themselves are for the platform.
    /// </summary>
    private static readonly HashSet<string> ForEveryTenant =
        new(StringComparer.Ordinal)
        {
            "ConfigurationStore.Credential", "ChargerLog.RecordAllOffline", "FrameLogModes.Read", "ConfigurationStore.Tenants",
            "ConfigurationStore.TenantsToErase",
        };

    public static IEnumerable<Finding> Check(IReadOnlyList<SourceText> sources)
    {
        var carriers = sources.SelectMany(source => source.Nodes<RecordDeclarationSyntax>()).Where(HoldsId)
            .Select(record => record.Identifier.Text).Concat(Ids).ToHashSet(StringComparer.Ordinal);
        return from source in sources
               from type in source.Nodes<ClassDeclarationSyntax>()
               where type.Modifiers.Any(SyntaxKind.PublicKeyword) && !IsHosted(type)
               from method in type.Members.OfType<MethodDeclarationSyntax>()
               where method.Modifiers.Any(SyntaxKind.PublicKeyword) && IsAsynchronous(method)
               where !ForEveryTenant.Contains($"{type.Identifier}.{method.Identifier}")
               where !NamesTenant(method, carriers)
               select source.At(method, $"{type.Identifier}.{method.Identifier} does not say first in whose name");
    }

    private static bool HoldsId(RecordDeclarationSyntax record) =>
        (record.ParameterList?.Parameters.Select(parameter => parameter.Type!) ?? [])
        .Concat(record.Members.OfType<PropertyDeclarationSyntax>().Select(property => property.Type))
        .Any(type => Ids.Contains(type.ToString()));

    private static bool IsHosted(ClassDeclarationSyntax type) =>
        type.BaseList?.Types.Any(parent => parent.Type.ToString() is "BackgroundService" or "IHostedService" or "IHealthCheck") == true;

    private static bool IsAsynchronous(MethodDeclarationSyntax method) =>
        method.Identifier.Text != "DisposeAsync"
        && (method.ReturnType.ToString() is var type
            && (type.StartsWith("Task", StringComparison.Ordinal) || type.StartsWith("ValueTask", StringComparison.Ordinal)
                || type.StartsWith("IAsyncEnumerable", StringComparison.Ordinal)));

    private static bool NamesTenant(MethodDeclarationSyntax method, HashSet<string> carriers) =>
        method.ParameterList.Parameters.FirstOrDefault()?.Type is { } first
        && first.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(name => carriers.Contains(name.Identifier.Text));
}
