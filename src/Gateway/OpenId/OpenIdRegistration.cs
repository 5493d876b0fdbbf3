using EvCharge.Outgoing;

namespace EvCharge.Gateway.OpenId;

/// <summary>Sign-in by identity providers as a part of the REST interface.</summary>
internal static class OpenIdRegistration
{
    public static IServiceCollection AddOpenId(this IServiceCollection services)
    {
        services.AddEvChargeOutgoing();
        services.AddSingleton<OpenIdDiscovery>();
        services.AddSingleton<OpenIdTokens>();
        services.AddSingleton<OpenIdClient>();
        services.AddSingleton<OpenIdSignIn>();
        return services;
    }
}
