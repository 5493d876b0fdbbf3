using EvCharge.Contracts;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Certificates;
using EvCharge.Gateway.Files;
using EvCharge.Gateway.Frames;
using EvCharge.Gateway.Ocpp;
using EvCharge.Gateway.Tenants;
using EvCharge.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway;

/// <summary>Composition of a gateway, in one role or in both. The caller adds History and Orleans.</summary>
public static class GatewayRegistration
{
    public static IServiceCollection AddEvChargeGateway(this IServiceCollection services, GatewayRoles roles = GatewayRoles.All)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddEvChargeContracts();
        services.AddOptions<KestrelServerOptions>().Configure(HandshakeLimits.Apply);
        if (roles.HasFlag(GatewayRoles.Ocpp))
        {
            services.AddOcpp();
        }

        return roles.HasFlag(GatewayRoles.Api) ? services.AddEvChargeApi() : services.AddEvChargeUpkeep();
    }

    public static void MapEvChargeGateway(this WebApplication app, GatewayRoles roles = GatewayRoles.All)
    {
        if (roles.HasFlag(GatewayRoles.Ocpp))
        {
            app.MapOcpp();
            app.MapChargerFiles();
        }

        // After the chargers' sockets; by default they would be put before.
        app.UseAuthentication();
        app.UseAuthorization();

        if (roles.HasFlag(GatewayRoles.Api))
        {
            app.MapEvChargeApi();
        }
        else
        {
            app.MapEvChargeUpkeep();
        }
    }

    private static void AddOcpp(this IServiceCollection services)
    {
        services.AddChargerFiles();
        services.AddOptions<OcppGatewayOptions>().BindConfiguration(OcppGatewayOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<HostOptions>().Configure<IOptions<OcppGatewayOptions>>(
            (host, ocpp) => host.ShutdownTimeout = TimeSpan.FromSeconds(ocpp.Value.DrainSeconds + 15));
        services.AddFrameLog();
        services.AddSingleton<SocketRegistry>();
        services.AddSingleton<OcppInstruments>();
        services.AddSingleton<UnpingedChargers>();
        services.AddSingleton<GatewayObserver>();
        services.AddSingleton<GatewayState>();
        services.AddOptions<KestrelServerOptions>().Configure(ChargerTls.Apply);
        services.AddSingleton<CertificateCheck>();
        services.AddSingleton<ChargerAdmission>();
        services.AddSingleton<ChargerThrottle>();
        services.AddSingleton<OcppEndpoint>();
        services.AddSingleton<OutageWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<OutageWatch>());
        services.AddHostedService<BindingWatch>();
        services.AddHostedService<PingSweep>();
        services.AddHostedService<SuspendedTenants>();
        services.AddHostedService<SocketDrain>();
        services.AddDependency<DrainCheck>("connections");
    }

    /// <summary>
    /// Chargers come in before anything that is for users, whose work would be kept in memory as long as their connections last.
    /// One with a wrong URL shall be seen by its operator, whatever else stands at that path.
    /// </summary>
    private static void MapOcpp(this WebApplication app)
    {
        var limit = app.Services.GetRequiredService<IOptions<OcppGatewayOptions>>().Value.MaxMessageBytes;
        var time = app.Services.GetRequiredService<TimeProvider>();
        var endpoint = app.Services.GetRequiredService<OcppEndpoint>();
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/ocpp"),
            ocpp => ocpp.Use((context, next) =>
            {
                GuardedUpgrade.Install(context, limit, time);
                return next(context);
            }));
        app.UseWebSockets();
        app.Use((context, next) => context.Request.Path.StartsWithSegments("/ocpp") || context.WebSockets.IsWebSocketRequest
            ? endpoint.Handle(context)
            : next(context));
    }
}
