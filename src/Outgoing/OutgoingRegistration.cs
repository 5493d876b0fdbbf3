using Microsoft.Extensions.DependencyInjection;

namespace EvCharge.Outgoing;

/// <summary>Calls to addresses that tenants name, as a part of a host.</summary>
public static class OutgoingRegistration
{
    /// <summary>Silo and gateway each add it; in one process they share it.</summary>
    public static IServiceCollection AddEvChargeOutgoing(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(OutgoingHttp)))
        {
            return services;
        }

        services.AddOptions<OutgoingOptions>()
            .BindConfiguration(OutgoingOptions.Section)
            .Validate(options => options.IsValid(), "Outgoing:AllowedNetworks must be networks, 10.1.0.0/16.")
            .ValidateOnStart();
        return services.AddSingleton<OutgoingHttp>();
    }
}
