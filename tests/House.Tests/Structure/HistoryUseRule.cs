using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace EvCharge.HouseTests.Structure;

/// <summary>
/// Which parts of History a built assembly touches, read from its metadata: types that are only inferred count, too.
/// Sessions are written by the silos alone, so that a transaction has one writer.
/// </summary>
internal static class HistoryUseRule
{
    private const string Root = "EvCharge.History";

    private static readonly string[] OpenToGateways =
    [
        "", "Queries", "Frames", "Audit", "Configuration", "Commands", "Chargers", "DesiredState", "Batches", "Files", "Authorization",
        "Secrets", "Mirror", "Reservations", "LocalLists", "ChargingProfiles", "Tenants", "Certificates", "Commissioning", "Proxy", "Alarms",
    ];

    public static IEnumerable<Finding> Check(string name, Stream assembly)
    {
        using var file = new PEReader(assembly);
        var metadata = file.GetMetadataReader();
        return metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => (Space: metadata.GetString(type.Namespace), Name: metadata.GetString(type.Name)))
            .Where(type => type.Space == Root || type.Space.StartsWith(Root + ".", StringComparison.Ordinal))
            .Where(type => !OpenToGateways.Contains(type.Space[Root.Length..].TrimStart('.')))
            .Select(type => new Finding(name, 0, $"uses {type.Space}.{type.Name}"))
            .ToList();
    }
}
