using EvCharge.Hosting;
using EvCharge.Storage;

namespace EvCharge.Standalone;

/// <summary>What a standalone installation is told by its environment and command line.</summary>
/// <param name="Demo"><c>--demo</c>: add a site with simulated chargers.</param>
/// <param name="VerifyAudit"><c>--verify-audit</c>: check the audit logs and end.</param>
/// <param name="DataFolder">Locks, secrets and embedded databases. Default <c>./data</c>, or EVCHARGE_DATA.</param>
/// <param name="Databases">Where everything is kept. Default the data folder; the environment names servers.</param>
internal sealed record StandaloneOptions(bool Demo, bool VerifyAudit, string DataFolder, DatabaseLocations Databases)
{
    public const string DefaultUrl = "http://127.0.0.1:8080";

    public const string Usage = """
        usage: EvCharge.Standalone [--demo | --verify-audit] [--data DIR] [--urls URL[;URL]] [--Section:Key=value …]

          --demo       add a site with eight simulated chargers
          --verify-audit  check the audit logs of all tenants beside whatever runs, then end
          --data DIR   folder of databases and secrets (default ./data, or EVCHARGE_DATA)
          --urls URL   where to listen (default http://127.0.0.1:8080)

        environment: EVCHARGE_DB=sqlite|postgresql|sqlserver, EVCHARGE_CONNECTION, EVCHARGE_HISTORY_DB,
                     EVCHARGE_HISTORY_CONNECTION, EVCHARGE_MIRROR_DB=postgresql|sqlserver, EVCHARGE_MIRROR_CONNECTION,
                     EVCHARGE_ADMIN_PASSWORD
        """;

    private const string DemoSwitch = "--demo";
    private const string DataSwitch = "--data";
    private const string DataKey = "EVCHARGE_DATA";

    public static CommandLine? ReadLine(string[] arguments, out string? problem) =>
        CommandLine.Read(arguments, switches: [DemoSwitch, AuditVerification.Switch], values: [DataSwitch], out problem);

    /// <summary>Null, with the reason, when the settings make no sense.</summary>
    public static StandaloneOptions? Read(CommandLine line, IConfiguration configuration, out string? problem)
    {
        var folder = Path.GetFullPath(line.Value(DataSwitch) ?? configuration[DataKey] ?? "data");
        return DatabaseLocations.Read(configuration, folder, out problem) is { } databases
            ? new StandaloneOptions(line.Has(DemoSwitch), line.Has(AuditVerification.Switch), folder, databases)
            : null;
    }
}
