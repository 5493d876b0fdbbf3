using EvCharge.Storage;
using Microsoft.Extensions.Configuration;

namespace EvCharge.Hosting;

/// <summary>What the processes of a cluster must agree on.</summary>
/// <param name="Databases">Of database servers.</param>
/// <param name="ClusterId"><c>EVCHARGE_CLUSTER_ID</c>: silos and gateways of one id find each other. Default <c>evcharge</c>.</param>
public sealed record ClusterSettings(DatabaseLocations Databases, string ClusterId)
{
    public const string ClusterIdKey = "EVCHARGE_CLUSTER_ID";

    private const string DefaultClusterId = "evcharge";

    /// <param name="problem">What is wrong, naming the key; null when nothing is.</param>
    public static ClusterSettings? Read(IConfiguration configuration, out string? problem)
    {
        var databases = DatabaseLocations.Read(configuration, dataFolder: null, out problem);
        var clusterId = configuration[ClusterIdKey];
        return databases is null ? null : new ClusterSettings(databases, string.IsNullOrWhiteSpace(clusterId) ? DefaultClusterId : clusterId);
    }
}
