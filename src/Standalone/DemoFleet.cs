using System.Collections.Immutable;
using EvCharge.ChargerSimulator.Fleets;
using EvCharge.Contracts.Sites;
using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace EvCharge.Standalone;

/// <summary>
/// The site of <c>--demo</c>: eight simulated chargers, one with two connectors, at which vehicles come, charge and leave
/// for as long as the process runs. They connect through the same door as real ones.
/// </summary>
internal sealed class DemoFleet(
    ConfigurationStore configuration,
    IGrainFactory grains,
    IServer server,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers) : BackgroundService
{
    private static readonly TenantId Tenant = TenantId.Default;
    private static readonly ImmutableArray<string> Tags = ["DEMO-ANNA", "DEMO-BEN", "DEMO-CHLOE", "DEMO-DAVID", "DEMO-EVE"];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        var fleet = new Fleet(
            new FleetOptions
            {
                Url = Endpoint(),
                Prefix = "DEMO",
                Tags = Tags,
                SampleInterval = TimeSpan.FromSeconds(5),
                LongestPause = TimeSpan.FromSeconds(20),
            },
            loggers);
        await Configure(fleet);
        await fleet.RunAsync(stoppingToken);
    }

    private async Task Configure(Fleet fleet)
    {
        var site = new SiteId(Tenant, "default");
        await configuration.PutSettings(Tenant, TenantSettings.Defaults with { UnknownChargers = "accept" }, expected: null);
        await configuration.PutSite(Tenant, new SiteConfiguration(site.Name, "Demo site", "Europe/Paris", "A", 63, null, """{"enabled":true}"""), expected: null);
        foreach (var tag in Tags)
        {
            await configuration.PutTag(Tenant, new TagConfiguration(tag, "Accepted", null, null, [], null, null), expected: null);
        }

        foreach (var charger in fleet.Chargers)
        {
            var connectors = Enumerable.Range(1, charger.Connectors.Length).Select(number => new ConnectorConfiguration(number, null));
            await configuration.PutCharger(
                Tenant,
                new ChargerConfiguration(charger.Identity, site.Name, SecurityProfile: 0, null, null, [.. connectors]),
                expected: null);
        }

        await grains.GetGrain<ISiteGrain>(site.ToString()).Wake();
    }

    private Uri Endpoint()
    {
        var address = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First(url => url.StartsWith("http:", StringComparison.Ordinal));
        var http = new Uri(address.Replace("*", "127.0.0.1", StringComparison.Ordinal).Replace("+", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
        return new UriBuilder(http) { Scheme = "ws", Path = "/ocpp" }.Uri;
    }
}
