using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace EvCharge.Storage.State;

/// <summary>Composition of the embedded storage.</summary>
public static class SqliteRegistration
{
    /// <summary>Makes SQLite the default grain storage and the reminder table of a silo that is alone in its cluster.</summary>
    public static ISiloBuilder UseEvChargeSqlite(this ISiloBuilder silo, Action<SqliteStorageOptions> configure)
    {
        silo.Services.AddOptions<SqliteStorageOptions>()
            .Configure(configure)
            .Validate(options => options.Readers is >= 1 and <= 64, "SqliteStorageOptions.Readers must be 1 to 64.")
            .Validate(options => options.DataFolder.Length > 0, "SqliteStorageOptions.DataFolder must not be empty.")
            .ValidateOnStart();
        silo.Services.AddSingleton<StateDatabase>();
        silo.Services.AddEvChargeStates();
        silo.Services.AddGrainStorage(
            ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME,
            (services, _) => new SqliteGrainStorage(
                services.GetRequiredService<StateDatabase>(),
                services.GetRequiredService<IGrainStorageSerializer>(),
                services.GetRequiredService<IActivatorProvider>()));
        silo.AddReminders();
        silo.Services.AddSingleton<IReminderTable, SqliteReminderTable>();
        silo.Services.AddHostedService<StateFlush>();
        return silo;
    }
}
