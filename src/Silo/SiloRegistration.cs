using EvCharge.Grains;
using EvCharge.Hosting;
using EvCharge.Storage;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace EvCharge.Silo;

/// <summary>Composition of a host of grains. The caller adds History, and clustering where there is a cluster.</summary>
public static class SiloRegistration
{
    /// <param name="database">Where grains keep their states and reminders.</param>
    public static ISiloBuilder AddEvChargeSilo(this ISiloBuilder silo, DatabaseLocation database)
    {
        silo.UseEvChargeStorage(database);
        silo.Services.AddEvChargeGrains(); // after the storage, whose states they look at themselves
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(30));

        // Places of grains that are remembered: the tables are from the start as large as they can get, and hashes touch each
        // page of them soon. The standard million takes 9 MB.
        silo.Configure<GrainDirectoryOptions>(options => options.CacheSize = 100_000);

        // While the clock of its machine is set back it complains a thousand times a second; its checks are told elsewhere as well.
        silo.Services.AddLogging(logging => logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error));

        // What it asks of each call is not asked where nobody listens.
        if (Telemetry.IsExported(silo.Configuration))
        {
            silo.AddActivityPropagation();
        }

        if (OrleansDashboard.IsWanted(silo.Configuration))
        {
            silo.AddDashboard();
        }

        return silo;
    }
}
