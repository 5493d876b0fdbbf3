using EvCharge.Contracts;
using EvCharge.Grains.Authorization;
using EvCharge.Grains.Authorization.External;
using EvCharge.Grains.Certificates;
using EvCharge.Grains.Chargers;
using EvCharge.Grains.Commissioning;
using EvCharge.Grains.Connectors;
using EvCharge.Grains.LocalLists;
using EvCharge.Grains.Models;
using EvCharge.Grains.Proxy;
using EvCharge.Grains.Sites.Allocation;
using EvCharge.Grains.States;
using EvCharge.Outgoing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace EvCharge.Grains;

/// <summary>What the grains need beside History and Orleans.</summary>
public static class GrainsRegistration
{
    public static IServiceCollection AddEvChargeGrains(this IServiceCollection services)
    {
        services.AddEvChargeContracts();
        services.AddOptions<ChargerOptions>().BindConfiguration(ChargerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SessionOptions>().BindConfiguration(SessionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<AuthorizationOptions>().BindConfiguration(AuthorizationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LocalListOptions>().BindConfiguration(LocalListOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddEvChargeOutgoing();
        services.AddOptions<ModelOptions>().BindConfiguration(ModelOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ModelOptions>, ModelOptionsCheck>();
        services.AddSingleton(provider => ModelCatalog.Read(provider.GetRequiredService<IOptions<ModelOptions>>().Value.Folder));
        services.AddOptions<AllocationOptions>().BindConfiguration(AllocationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<CommissioningOptions>().BindConfiguration(CommissioningOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IGrainStorageSerializer, CheckedStateSerializer>();
        services.AddSingleton<CommissioningServices>();
        services.AddSingleton<CommandInstruments>();
        services.AddSingleton<AllocationInstruments>();
        services.AddSingleton<AllocationServices>();
        services.AddSingleton<ReplayDesk>();
        services.AddSingleton<SiteWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<SiteWatch>());
        services.AddSingleton<ChargerModels>();
        services.AddSingleton<CertificateSigner>();
        services.AddSingleton<ExternalAuthority>();
        services.AddOptions<ProxyOptions>().BindConfiguration(ProxyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ProxyInstruments>();
        services.AddSingleton<ProxyServices>();
        services.AddSingleton<ChargerAuthorizations>();
        services.AddSingleton<TagBook>();
        services.AddSingleton<TagWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<TagWatch>());
        services.AddSingleton<LastSeenBoard>();
        services.AddHostedService(provider => provider.GetRequiredService<LastSeenBoard>());
        return services;
    }
}
