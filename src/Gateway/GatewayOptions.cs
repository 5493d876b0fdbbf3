using EvCharge.Hosting;

namespace EvCharge.Gateway;

/// <summary>What the process of a gateway is told by its environment and command line.</summary>
/// <param name="Roles"><c>EVCHARGE_ROLES</c>: <c>ocpp</c>, <c>api</c> or both, separated by a comma. Default both.</param>
/// <param name="DataFolder">
/// <c>--data DIR</c> or <c>EVCHARGE_DATA</c>: where a generated password of the first administrator is written. Default none:
/// it is only printed.
/// </param>
internal sealed record GatewayOptions(ClusterSettings Cluster, GatewayRoles Roles, string? DataFolder)
{
    public const string DefaultUrl = "http://127.0.0.1:8080";

    public const string Usage = """
        usage: EvCharge.Gateway [--data DIR] [--urls URL[;URL]] [--Section:Key=value …]

          --data DIR   folder for the password of the first administrator (default EVCHARGE_DATA, else none)
          --probe URL  alone: ask a process for its health and end with 0 when it is well
          --urls URL   where to listen (default http://127.0.0.1:8080)

        environment: EVCHARGE_DB=postgresql|sqlserver, EVCHARGE_CONNECTION, EVCHARGE_HISTORY_DB, EVCHARGE_HISTORY_CONNECTION,
                     EVCHARGE_CLUSTER_ID, EVCHARGE_ROLES=ocpp,api, EVCHARGE_ADMIN_PASSWORD,
                     EVCHARGE_SECRETS_KEY, EVCHARGE_ORLEANS_DASHBOARD=true, OTEL_EXPORTER_OTLP_ENDPOINT
        """;

    private const string DataSwitch = "--data";
    private const string DataKey = "EVCHARGE_DATA";
    private const string RolesKey = "EVCHARGE_ROLES";

    public static CommandLine? ReadLine(string[] arguments, out string? problem) =>
        CommandLine.Read(arguments, switches: [], values: [DataSwitch], out problem);

    /// <summary>Null, with the reason, when the settings make no sense.</summary>
    public static GatewayOptions? Read(CommandLine line, IConfiguration configuration, out string? problem)
    {
        if (ClusterSettings.Read(configuration, out problem) is not { } cluster
            || !TryReadRoles(configuration[RolesKey], out var roles, out problem))
        {
            return null;
        }

        var folder = line.Value(DataSwitch) ?? configuration[DataKey];
        return new GatewayOptions(cluster, roles, string.IsNullOrEmpty(folder) ? null : Path.GetFullPath(folder));
    }

    private static bool TryReadRoles(string? text, out GatewayRoles roles, out string? problem)
    {
        roles = text is null ? GatewayRoles.All : GatewayRoles.None;
        problem = null;
        foreach (var role in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            switch (role)
            {
                case "ocpp":
                    roles |= GatewayRoles.Ocpp;
                    break;
                case "api":
                    roles |= GatewayRoles.Api;
                    break;
                default:
                    problem = $"{RolesKey} names '{role}'; it may name ocpp and api.";
                    return false;
            }
        }

        problem = roles == GatewayRoles.None ? $"{RolesKey} is empty; it may name ocpp and api, and stands for both when it is not set." : null;
        return problem is null;
    }
}
