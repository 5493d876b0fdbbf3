using System.Collections.Immutable;
using System.Text.Json;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.Domain.LocalLists;
using EvCharge.Domain.Models;
using EvCharge.Domain.Proxy;
using EvCharge.Grains.Authorization.External;
using EvCharge.Grains.Models;
using EvCharge.Grains.Proxy;
using EvCharge.History;
using EvCharge.History.Configuration;
using Microsoft.Extensions.Logging;

namespace EvCharge.Grains.Chargers;

/// <summary>The grain and what is configured: for the charger, its site and its tenant.</summary>
internal sealed partial class ChargerGrain
{
    private static readonly TimeSpan ConfigurationPatience = TimeSpan.FromSeconds(2);

    public async ValueTask Reload()
    {
        var adopted = Adopted;
        await TryReadConfiguration(Timeout.InfiniteTimeSpan);
        if (adopted && !Adopted && _fence.Current is { } connection)
        {
            await connection.Gateway.Close(Id, connection.Epoch, CloseReason.Revoked);
        }

        _assertion.OnChanged(Attached);
        _reservations.OnChanged();
    }

    public async ValueTask Erase()
    {
        if (_fence.Current is { } connection)
        {
            await connection.Gateway.Close(Id, connection.Epoch, CloseReason.Revoked);
        }

        _proxy.Configure([]);
        await state.ClearStateAsync();
        DeactivateOnIdle();
    }

    public async ValueTask AuthorizationChanged() => await TryReadConfiguration(Timeout.InfiniteTimeSpan);

    public ValueTask TagsChanged()
    {
        if (Attached)
        {
            _assertion.OnTagsChanged();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<ImmutableArray<ModelFact>> ModelFacts()
    {
        var profile = _quirks.Profile;
        return ValueTask.FromResult<ImmutableArray<ModelFact>>([.. profile.Origins.Select(origin => new ModelFact(
            origin.Member, JsonSerializer.Serialize(profile.ValueOf(origin.Member), JsonSerializerOptions.Web), origin.Origin, origin.File))]);
    }

    private async Task ReadConfiguration()
    {
        var read = ++_configurationReads;
        var charger = (await configuration.Charger(Id))?.Value;
        var settings = (await configuration.Settings(Id.Tenant)).Value;
        var mode = await OperatingMode.Of(Id, charger, configuration);
        var authorities = await configuration.Authorities(Id, charger?.Site ?? "");
        var relayed = await Relayed(charger);
        if (read < _configurationAdopted)
        {
            return; // What was asked later is known already.
        }

        (_configurationAdopted, _charger, _strict, _configurationReadAt) = (read, charger, settings.Strict, time.GetUtcNow());
        _quirks.Configured(charger, mode);
        _proxy.Configure(charger?.ProxyLinks ?? []);
        _cache.Configure(Adopted ? charger?.ClearCache : false);
        _list.Configure(Adopted ? charger?.LocalList ?? settings.LocalList : LocalListMode.Off, Site);
        _authorization.Configure(Site, settings.ConcurrentTransactions == ConcurrentTransactions.Refuse, authorities, relayed);
        if (_quirks.Profile.Values.TimeZone == StampZone.Site)
        {
            await Place();
        }
    }

    /// <summary>The system that decides on the charger's tags, of those that it is relayed to.</summary>
    private async Task<IOutsideAuthority?> Relayed(ChargerConfiguration? charger)
    {
        var links = charger is { ProxyLinks.Count: > 0 } ? await configuration.ProxyLinks(Id) : [];
        return links.FirstOrDefault(link => link.Value is { Authorizes: true, Role: ProxyRole.Authority }) is { } link
            ? new UpstreamAuthority(link.Value, GrainFactory)
            : null;
    }

    /// <summary>Finds the zone of the charger's site, for stamps that name none.</summary>
    private async Task Place()
    {
        var site = Site.Length == 0 ? null : await configuration.Site(new SiteId(Id.Tenant, Site));
        _quirks.Placed(site?.Value.TimeZone ?? StampZone.Utc);
    }

    private async Task<ChargerConfiguration?> RefreshedConfiguration()
    {
        await ReadConfiguration();
        return _charger;
    }

    /// <summary>Reads the configuration again; what is known stays while it cannot be read.</summary>
    /// <param name="patience">How long that may hold up whoever waits for it: a charger that waits for its answer, not for ever.</param>
    private async Task TryReadConfiguration(TimeSpan patience)
    {
        if (history.Down)
        {
            return;
        }

        try
        {
            await ReadConfiguration().WaitAsync(patience, time);
        }
        catch (Exception fault) when (fault is HistoryUnavailableException or TimeoutException)
        {
            _configurationReadAt = time.GetUtcNow();
            LogStale(logger, Id, fault.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: served with the configuration known so far: {Reason}")]
    private static partial void LogStale(ILogger logger, ChargerId charger, string reason);
}
