using System.Text.Json;
using System.Text.Json.Serialization;
using EvCharge.Gateway.Alarms;
using EvCharge.Gateway.Allocation;
using EvCharge.Gateway.Api.Authorization;
using EvCharge.Gateway.Audit;
using EvCharge.Gateway.Certificates;
using EvCharge.Gateway.ChargingProfiles;
using EvCharge.Gateway.Commissioning;
using EvCharge.Gateway.Documents;
using EvCharge.Gateway.Files;
using EvCharge.Gateway.Live;
using EvCharge.Gateway.LocalLists;
using EvCharge.Gateway.OpenId;
using EvCharge.Gateway.OperatingModes;
using EvCharge.Gateway.Processes;
using EvCharge.Gateway.Proxy;
using EvCharge.Gateway.Reservations;
using EvCharge.Gateway.SavedViews;
using EvCharge.Gateway.Security;
using EvCharge.Gateway.Series;
using EvCharge.Gateway.Tenants;
using EvCharge.Gateway.Web;
using EvCharge.History.Audit;
using EvCharge.History.Certificates;
using EvCharge.History.Tenants;
using EvCharge.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Dashboard;

namespace EvCharge.Gateway.Api;

/// <summary>The REST interface as a part of a host.</summary>
public static class ApiRegistration
{
    public const int MaxBodyBytes = 64 * 1024;
    public const int MaxJsonDepth = 32;

    /// <summary>
    /// Adds the API. The host brings <c>AddEvChargeHistory</c> and an <see cref="IGrainFactory"/>; options come from the
    /// configuration section <c>Security</c> and from <c>EVCHARGE_ADMIN_PASSWORD</c>.
    /// </summary>
    public static IServiceCollection AddEvChargeApi(
        this IServiceCollection services, Action<SecurityOptions>? configure = null)
    {
        services.AddEvChargeUpkeep(configure);
        services.AddChargerFiles();
        services.AddHostedService<FirstAdministrator>();
        services.AddSingleton<CallQuota>();
        services.AddSingleton<AuditTrail>();
        services.AddHostedService<TenantErasure>();
        services.AddHostedService<HistoryRetention>();
        services.AddHostedService<CertificateWatch>();
        services.AddJson();
        services.AddSingleton<Owners>();
        services.AddSingleton<CommandDispatch>();
        services.AddSingleton<PasswordRotation>();
        services.AddSingleton<ProfileRaise>();
        services.AddSingleton<RequestWatch>();
        services.AddOptions<ReservationOptions>().BindConfiguration(ReservationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOpenId();
        services.AddLive();
        services.AddDescription();
        return services;
    }

    /// <summary>Adds what a gateway has in every role: health, metrics, the access control that guards them, events.</summary>
    public static IServiceCollection AddEvChargeUpkeep(
        this IServiceCollection services, Action<SecurityOptions>? configure = null)
    {
        services.AddOptions<SecurityOptions>()
            .BindConfiguration(SecurityOptions.Section)
            .Configure<IConfiguration>((options, configuration) =>
                options.AdminPassword = configuration["EVCHARGE_ADMIN_PASSWORD"] ?? options.AdminPassword)
            .Configure(options => configure?.Invoke(options))
            .Validate(
                options => options.IsValid(),
                "Security:AccessTokenLifetime must be 1 minute to 30 days, Security:LoginBurst and Security:LoginsPerMinute 1 to 100000, "
                + "Security:PublicUrl an http or https URL.")
            .ValidateOnStart();

        services.AddSecurity();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<EventLog>();
        services.AddHostedService(provider => provider.GetRequiredService<EventLog>());
        services.AddExceptionHandler<FaultBoundary>();
        services.AddStreamCompression();
        services.AddTransient<IStartupFilter, ApiPipeline>();
        services.AddEvChargeHealth().AddDependency<GrainsReachable>("grains");
        services.AddEvChargeMetrics();
        return services;
    }

    public static IEndpointRouteBuilder MapEvChargeApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
        api.ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        api.AddEndpointFilter(endpoints.ServiceProvider.GetRequiredService<CallQuota>());
        api.AddEndpointFilter(endpoints.ServiceProvider.GetRequiredService<AuditTrail>());
        api.MapAuth();
        api.MapOpenId();
        api.MapIdentityProviders();
        api.MapSites();
        api.MapDocuments();
        api.MapAllocation();
        api.MapSessionNeeds();
        api.MapLimitHistory();
        api.MapSeries();
        api.MapReplay();
        api.MapThingsOfChargers();
        api.MapCertificateAuthority();
        api.MapChargerCertificates();
        api.MapLocalLists();
        api.MapChargerProfiles();
        api.MapProfileTemplates();
        api.MapOperatingModes();
        api.MapTags();
        api.MapTagTransfer();
        api.MapTakeovers();
        api.MapExternalAuthorization();
        api.MapAuthorizationRequests();
        api.MapVehicles();
        api.MapTenants();
        api.MapPreferences();
        api.MapSavedViews();
        api.MapUsers();
        api.MapRoles();
        api.MapSessions();
        api.MapSecondFactor();
        api.MapApiKeys();
        api.MapSettings();
        api.MapTransactions();
        api.MapMeterValues();
        api.MapExports();
        api.MapFrames();
        api.MapCommands();
        api.MapCalls();
        api.MapOperations();
        api.MapReservations();
        api.MapBatches();
        api.MapCommissioning();
        api.MapFiles();
        api.MapFirmwareSignatures();
        api.MapMaintenance();
        api.MapEvents();
        api.MapAlarms();
        api.MapAlarmSuppressions();
        api.MapAudit();
        api.MapMirror();
        api.MapSystem();
        api.MapLive();

        endpoints.MapEvChargeUpkeep();
        endpoints.MapDescription();
        endpoints.MapConsole();
        if (OrleansDashboard.IsWanted(endpoints.ServiceProvider.GetRequiredService<IConfiguration>()))
        {
            endpoints.MapOrleansDashboard(OrleansDashboard.Path).RequirePermission(Permission.ManageTenants);
        }

        return endpoints;
    }

    public static void MapEvChargeUpkeep(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapEvChargeHealth();
        endpoints.MapEvChargeMetrics().RequirePermissionUnlessLocal(Permission.ReadMetrics);
    }

    private static void MapThingsOfChargers(this IEndpointRouteBuilder api)
    {
        api.MapChargers();
        api.MapConnectors();
        api.MapChargerSettings();
        api.MapStateRepair();
        api.MapCapabilities();
        api.MapPasswordRotation();
        api.MapProxyLinks();
    }

    private static void AddSecurity(this IServiceCollection services)
    {
        services.AddSingleton<TenantBook>();
        services.AddSingleton<RoleBook>();
        services.AddSingleton<SiteAccess>();
        services.AddSingleton<Callers>();
        services.AddSingleton<LoginThrottle>();
        services.AddSingleton<SecondFactors>();
        services.AddSingleton<Sessions>();
        services.AddAuthentication(BearerHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, null);
        services.AddAuthorizationBuilder().SetFallbackPolicy(
            new AuthorizationPolicyBuilder().AddRequirements(new UndeclaredPermission()).Build());
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        services.AddSingleton<IAuthorizationHandler, UndeclaredPermissionHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessRefusal>();
    }

    private static void AddJson(this IServiceCollection services)
    {
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json =>
        {
            var options = json.SerializerOptions;
            options.MaxDepth = MaxJsonDepth;
            options.NumberHandling = JsonNumberHandling.Strict;
            options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.AllowDuplicateProperties = false;
            options.RespectNullableAnnotations = true;
            options.PropertyNameCaseInsensitive = false;
            options.Converters.Add(new JsonText.Converter());
        });
    }
}
