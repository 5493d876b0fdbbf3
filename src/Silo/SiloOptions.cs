using System.Globalization;
using System.Net;
using EvCharge.Hosting;

namespace EvCharge.Silo;

/// <summary>What the process of a silo is told by its environment and command line.</summary>
/// <param name="Migrate"><c>--migrate</c>: bring the schema up to date and end.</param>
/// <param name="VerifyAudit"><c>--verify-audit</c>: check the audit logs and end.</param>
/// <param name="Address">
/// Where the other processes reach this one: <c>EVCHARGE_SILO_ADDRESS</c>, else <c>POD_IP</c>. Default none: Orleans takes the
/// first address of the machine that is not the loopback.
/// </param>
/// <param name="SiloPort"><c>EVCHARGE_SILO_PORT</c>: for the other silos. Default 0: a free one.</param>
/// <param name="ClientPort"><c>EVCHARGE_SILO_CLIENT_PORT</c>: for the gateways. Default 0: a free one.</param>
internal sealed record SiloOptions(bool Migrate, bool VerifyAudit, ClusterSettings Cluster, IPAddress? Address, int SiloPort, int ClientPort)
{
    public const string SiloPortKey = "EVCHARGE_SILO_PORT";
    public const string ClientPortKey = "EVCHARGE_SILO_CLIENT_PORT";
    public const string DefaultUrl = "http://127.0.0.1:8081";

    public const string Usage = """
        usage: EvCharge.Silo [--migrate | --verify-audit] [--urls URL[;URL]] [--Section:Key=value …]

          --migrate    bring the schema of the database up to date, then end
          --verify-audit  check the audit logs of all tenants, then end
          --probe URL  alone: ask a process for its health and end with 0 when it is well
          --urls URL   where to serve health and metrics (default http://127.0.0.1:8081)

        environment: EVCHARGE_DB=postgresql|sqlserver, EVCHARGE_CONNECTION, EVCHARGE_HISTORY_DB, EVCHARGE_HISTORY_CONNECTION,
                     EVCHARGE_CLUSTER_ID, EVCHARGE_SILO_ADDRESS, EVCHARGE_SILO_PORT, EVCHARGE_SILO_CLIENT_PORT,
                     EVCHARGE_SECRETS_KEY, EVCHARGE_ORLEANS_DASHBOARD=true, OTEL_EXPORTER_OTLP_ENDPOINT
        """;

    private const string MigrateSwitch = "--migrate";
    private const string AddressKey = "EVCHARGE_SILO_ADDRESS";
    private const string PodAddressKey = "POD_IP";

    public static CommandLine? ReadLine(string[] arguments, out string? problem) =>
        CommandLine.Read(arguments, switches: [MigrateSwitch, AuditVerification.Switch], values: [], out problem);

    /// <summary>Null, with the reason, when the settings make no sense.</summary>
    public static SiloOptions? Read(CommandLine line, IConfiguration configuration, out string? problem)
    {
        if (ClusterSettings.Read(configuration, out problem) is not { } cluster
            || !TryReadPort(configuration, SiloPortKey, out var siloPort, out problem)
            || !TryReadPort(configuration, ClientPortKey, out var clientPort, out problem)
            || !Differ(siloPort, clientPort, out problem)
            || !TryReadAddress(configuration, out var address, out problem))
        {
            return null;
        }

        return new SiloOptions(line.Has(MigrateSwitch), line.Has(AuditVerification.Switch), cluster, address, siloPort, clientPort);
    }

    private static bool TryReadAddress(IConfiguration configuration, out IPAddress? address, out string? problem)
    {
        address = null;
        problem = null;
        var key = string.IsNullOrEmpty(configuration[AddressKey]) ? PodAddressKey : AddressKey;
        if (string.IsNullOrEmpty(configuration[key])
            || (IPAddress.TryParse(configuration[key], out address) && PortClaim.IsOfThisMachine(address)))
        {
            return true;
        }

        problem = $"{key} is '{configuration[key]}'; it must be an IP address of this machine.";
        return false;
    }

    private static bool Differ(int siloPort, int clientPort, out string? problem)
    {
        problem = siloPort != 0 && siloPort == clientPort
            ? $"{ClientPortKey} is {clientPort}, as {SiloPortKey} is: they must differ."
            : null;
        return problem is null;
    }

    private static bool TryReadPort(IConfiguration configuration, string key, out int port, out string? problem)
    {
        port = 0;
        problem = null;
        var text = configuration[key];
        if (string.IsNullOrEmpty(text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= ushort.MaxValue))
        {
            return true;
        }

        problem = $"{key} is '{text}'; it must be 0 to {ushort.MaxValue}.";
        return false;
    }
}
