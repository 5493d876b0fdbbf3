using EvCharge.Contracts;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Ocpp;
using EvCharge.History.Audit;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EvCharge.Gateway;

/// <summary>Composition of a gateway: the chargers' WebSockets, the REST API and the page. The caller adds History and Orleans.</summary>
public static class GatewayRegistration
{
    public static IServiceCollection AddEvChargeGateway(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddEvChargeContracts();
        services.AddOptions<OcppGatewayOptions>().BindConfiguration(OcppGatewayOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<HostOptions>().Configure<Microsoft.Extensions.Options.IOptions<OcppGatewayOptions>>(
            (host, ocpp) => host.ShutdownTimeout = TimeSpan.FromSeconds(ocpp.Value.DrainSeconds + 15));
        services.AddOptions<KestrelServerOptions>().Configure(HandshakeLimits.Apply);
        services.AddSingleton<EventLog>();
        services.AddHostedService(provider => provider.GetRequiredService<EventLog>());
        services.AddSingleton<SocketRegistry>();
        services.AddSingleton<GatewayObserver>();
        services.AddSingleton<GatewayState>();
        services.AddSingleton<ChargerAdmission>();
        services.AddSingleton<OcppEndpoint>();
        services.AddSingleton<OutageWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<OutageWatch>());
        services.AddHostedService<BindingWatch>();
        services.AddHostedService<SocketDrain>();
        services.AddEvChargeApi();
        services.AddHealthChecks().AddCheck<DrainCheck>("connections", tags: [HealthApi.Ready]);
        return services;
    }

    public static void MapEvChargeGateway(this WebApplication app)
    {
        var limit = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<OcppGatewayOptions>>().Value.MaxMessageBytes;
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/ocpp"),
            ocpp => ocpp.Use((context, next) =>
            {
                GuardedUpgrade.Install(context, limit);
                return next(context);
            }));
        app.UseWebSockets();

        // A charger with a wrong URL shall be seen by its operator, whatever else stands at that path.
        var endpoint = app.Services.GetRequiredService<OcppEndpoint>();
        app.Use((context, next) => context.WebSockets.IsWebSocketRequest && !context.Request.Path.StartsWithSegments("/ocpp")
            ? endpoint.Handle(context)
            : next(context));
        app.MapEvChargeApi();
        app.Map("/ocpp/{**address}", (HttpContext context, OcppEndpoint endpoint) => endpoint.Handle(context))
            .AllowAnonymous()
            .ExcludeFromDescription();
    }
}
