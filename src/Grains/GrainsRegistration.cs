using EvCharge.Contracts;
using EvCharge.Grains.Chargers;
using EvCharge.Grains.Connectors;
using Microsoft.Extensions.DependencyInjection;

namespace EvCharge.Grains;

/// <summary>What the grains need beside History and Orleans.</summary>
public static class GrainsRegistration
{
    public static IServiceCollection AddEvChargeGrains(this IServiceCollection services)
    {
        services.AddEvChargeContracts();
        services.AddOptions<ChargerOptions>().BindConfiguration(ChargerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SessionOptions>().BindConfiguration(SessionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LastSeenBoard>();
        services.AddHostedService(provider => provider.GetRequiredService<LastSeenBoard>());
        return services;
    }
}
