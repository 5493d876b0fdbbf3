using EvCharge.Hosting;
using EvCharge.Storage;

namespace EvCharge.Standalone;

/// <summary>What a standalone installation is told by its environment and command line.</summary>
/// <param name="Demo"><c>--demo</c>: add a site with simulated chargers.</param>
/// <param name="VerifyAudit"><c>--verify-audit</c>: check the audit logs and end.</param>
/// <param name="Backup"><c>--backup DIR</c>: copy the data to a folder that is not there yet, and end. Default none.</param>
/// <param name="Restore"><c>--restore DIR</c>: put such a copy in the place of the data, and end. Default none.</param>
/// <param name="DataFolder">Locks, secrets and embedded databases. Default <c>./data</c>, or EVCHARGE_DATA.</param>
/// <param name="Databases">Where everything is kept. Default the data folder; the environment names servers.</param>
internal sealed record StandaloneOptions(
    bool Demo, bool VerifyAudit, string? Backup, string? Restore, string DataFolder, DatabaseLocations Databases)
{
    public const string DefaultUrl = "http://127.0.0.1:8080";

    public const string Usage = """
        usage: EvCharge.Standalone [--demo | --verify-audit | --backup DIR | --restore DIR] [--data DIR] [--urls URL[;URL]] [--Section:Key=value …]

          --demo       add a site with eight simulated chargers
          --verify-audit  check the audit logs of all tenants beside whatever runs, then end
          --backup DIR  copy the data, beside whatever runs, to a folder that is not there yet, then end
          --restore DIR  put such a copy in the place of the data, which are kept, then end
          --data DIR   folder of databases and secrets (default ./data, or EVCHARGE_DATA)
          --probe URL  alone: ask a process for its health and end with 0 when it is well
          --urls URL   where to listen (default http://127.0.0.1:8080)

        environment: EVCHARGE_DB=sqlite|postgresql|sqlserver, EVCHARGE_CONNECTION, EVCHARGE_HISTORY_DB,
                     EVCHARGE_HISTORY_CONNECTION, EVCHARGE_MIRROR_DB=postgresql|sqlserver, EVCHARGE_MIRROR_CONNECTION,
                     EVCHARGE_ADMIN_PASSWORD,
                     EVCHARGE_SECRETS_KEY, EVCHARGE_ORLEANS_DASHBOARD=true, OTEL_EXPORTER_OTLP_ENDPOINT
        """;

    private const string DemoSwitch = "--demo";
    private const string BackupSwitch = "--backup";
    private const string RestoreSwitch = "--restore";
    private const string DataSwitch = "--data";
    private const string DataKey = "EVCHARGE_DATA";

    public static CommandLine? ReadLine(string[] arguments, out string? problem) =>
        CommandLine.Read(arguments, switches: [DemoSwitch, AuditVerification.Switch], values: [DataSwitch, BackupSwitch, RestoreSwitch], out problem);

    /// <summary>Null, with the reason, when the settings make no sense.</summary>
    public static StandaloneOptions? Read(CommandLine line, IConfiguration configuration, out string? problem)
    {
        var folder = Path.GetFullPath(line.Value(DataSwitch) ?? configuration[DataKey] ?? "data");
        if (DatabaseLocations.Read(configuration, folder, out problem) is not { } databases)
        {
            return null;
        }

        var options = new StandaloneOptions(
            line.Has(DemoSwitch), line.Has(AuditVerification.Switch), FullPath(line, BackupSwitch), FullPath(line, RestoreSwitch), folder, databases);
        problem = (options.Backup ?? options.Restore) is not null && databases.History.Engine != DatabaseEngine.Sqlite
            ? $"{BackupSwitch} and {RestoreSwitch} are for the embedded engine; a server has means of its own."
            : null;
        return problem is null ? options : null;
    }

    private static string? FullPath(CommandLine line, string name) => line.Value(name) is { } path ? Path.GetFullPath(path) : null;
}
