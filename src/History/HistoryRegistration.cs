using EvCharge.History.Chargers;
using EvCharge.History.Commands;
using EvCharge.History.Configuration;
using EvCharge.History.Engines;
using EvCharge.History.Identifiers;
using EvCharge.History.Queries;
using EvCharge.History.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
            .Validate(options => options.QueueRows > 0, "HistoryOptions.QueueRows must be positive.")
            .Validate(options => options.QueueBytes > 0, "HistoryOptions.QueueBytes must be positive.")
            .Validate(options => options.DataFolder.Length > 0, "HistoryOptions.DataFolder must not be empty.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<HistoryEngine, SqliteEngine>();
        services.AddSingleton<TransactionIdBlocks>();
        services.AddSingleton<SessionLog>();
        services.AddSingleton<CommandLog>();
        services.AddSingleton<ChargerLog>();
        services.AddSingleton<ConfigurationStore>();
        services.AddSingleton<FleetQueries>();
        services.AddSingleton<TransactionQueries>();
        services.AddHostedService<HistoryFlush>();
        return services;
    }
}
