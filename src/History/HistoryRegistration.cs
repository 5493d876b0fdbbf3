using EvCharge.History.Alarms;
using EvCharge.History.Allocation;
using EvCharge.History.Audit;
using EvCharge.History.Authorization;
using EvCharge.History.Batches;
using EvCharge.History.Chargers;
using EvCharge.History.ChargingProfiles;
using EvCharge.History.Commands;
using EvCharge.History.Commissioning;
using EvCharge.History.Configuration;
using EvCharge.History.DesiredState;
using EvCharge.History.Engines;
using EvCharge.History.Files;
using EvCharge.History.Frames;
using EvCharge.History.Identifiers;
using EvCharge.History.LocalLists;
using EvCharge.History.Proxy;
using EvCharge.History.Queries;
using EvCharge.History.Reservations;
using EvCharge.History.Secrets;
using EvCharge.History.Sessions;
using EvCharge.History.Tenants;
using EvCharge.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EvCharge.History;

/// <summary>Composition of History.</summary>
public static class HistoryRegistration
{
    /// <summary>
    /// Adds the record and its queries. The database must have been migrated before the host starts; the writer ends after
    /// every other service has stopped, so that what they write while stopping is kept.
    /// </summary>
    public static IServiceCollection AddEvChargeHistory(this IServiceCollection services, Action<HistoryOptions> configure)
    {
        services.AddOptions<HistoryOptions>()
            .Configure(configure)
            .Validate(options => options.Readers is >= 1 and <= 64, "HistoryOptions.Readers must be 1 to 64.")
            .Validate(options => options.Writers is >= 1 and <= 16, "HistoryOptions.Writers must be 1 to 16.")
            .Validate(options => options.QueueRows > 0, "HistoryOptions.QueueRows must be positive.")
            .Validate(options => options.QueueBytes > 0, "HistoryOptions.QueueBytes must be positive.")
            .Validate(options => options.Database.Address.Length > 0, "HistoryOptions.Database must say where it is.")
            .Validate(
                options => options.WritePatience >= TimeSpan.Zero && options.WritePatience <= TimeSpan.FromMinutes(10),
                "HistoryOptions.WritePatience must be 0 to 10 minutes.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<HistoryEngine>(provider =>
            provider.GetRequiredService<IOptions<HistoryOptions>>().Value.Database.Engine switch
            {
                DatabaseEngine.PostgreSql => ActivatorUtilities.CreateInstance<PostgreSqlEngine>(provider),
                DatabaseEngine.SqlServer => ActivatorUtilities.CreateInstance<SqlServerEngine>(provider),
                _ => ActivatorUtilities.CreateInstance<SqliteEngine>(provider),
            });
        services.AddSingleton<HistoryAvailability>();
        services.AddOptions<SecretsOptions>()
            .BindConfiguration(SecretsOptions.Section)
            .Configure<IConfiguration>((options, configuration) =>
            {
                options.Key = configuration["EVCHARGE_SECRETS_KEY"] ?? options.Key;
                options.KeyFile = configuration["EVCHARGE_SECRETS_KEY_FILE"] ?? options.KeyFile;
            })
            .Validate(SecretVault.IsUsable, "Secrets:Key must be 32 bytes in base64, Secrets:KeyFile a file that holds them.");
        services.AddSingleton<SecretVault>();
        services.AddSingleton<HistoryProbe>();
        services.AddSingleton<TransactionIdBlocks>();
        services.AddSingleton<SessionLog>();
        services.AddSingleton<ReceivedFacts>();
        services.AddSingleton<CommandLog>();
        services.AddSingleton<FollowUpLog>();
        services.AddSingleton<BatchStore>();
        services.AddSingleton<CommissioningStore>();
        services.AddSingleton<ReservationStore>();
        services.AddSingleton<FileStore>();
        services.AddSingleton<ChargerLog>();
        services.AddSingleton<AlarmStore>();
        services.AddSingleton<AllocationLog>();
        services.AddSingleton<AllocationQueries>();
        services.AddSingleton<SeriesQueries>();
        services.AddSingleton<AuthorizationLog>();
        services.AddSingleton<ConfigurationStore>();
        services.AddSingleton<DesiredStateStore>();
        services.AddSingleton<LocalListStore>();
        services.AddSingleton<ProfileStore>();
        services.AddSingleton<ProxyLog>();
        services.AddSingleton<FrameLog>();
        services.AddSingleton<FrameLogModes>();
        services.AddSingleton<FleetQueries>();
        services.AddSingleton<LiveQueries>();
        services.AddSingleton<TransactionQueries>();
        services.AddSingleton<TenantRecords>();
        services.AddSingleton<AuditLog>();
        services.AddHostedService<HistoryFlush>();
        return services;
    }
}
