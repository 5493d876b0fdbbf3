using EvCharge.Grains;
using EvCharge.Storage.State;
using Orleans.Configuration;

namespace EvCharge.Silo;

/// <summary>Composition of a host of grains. The caller adds History, and clustering where there is a cluster.</summary>
public static class SiloRegistration
{
    /// <param name="dataFolder">Where the embedded engine keeps <c>state.db</c>.</param>
    public static ISiloBuilder AddEvChargeSilo(this ISiloBuilder silo, string dataFolder)
    {
        silo.Services.AddEvChargeGrains();
        silo.UseEvChargeSqlite(options => options.DataFolder = dataFolder);
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(30));
        return silo;
    }
}
