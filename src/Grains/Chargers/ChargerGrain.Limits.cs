using EvCharge.Contracts.Connectors;
using EvCharge.Domain.Allocation.Sites;
using EvCharge.Domain.ChargingProfiles;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Models;
using EvCharge.Grains.Chargers.Limits;
using EvCharge.History.Chargers;
using Orleans.Storage;

namespace EvCharge.Grains.Chargers;

/// <summary>The grain as its site's allocation sees it.</summary>
internal sealed partial class ChargerGrain : ILimitedCharger
{
    private LimitDesk _limits = null!;

    /// <summary>Another one after each boot: what a charger held before it may be lost.</summary>
    long ILimitedCharger.Connection => _fence.Current is not { } connection ? 0
        : Math.Max(connection.Epoch.Value, state.State.BootedAt?.ToUnixTimeMilliseconds() ?? 0);

    DateTimeOffset? ILimitedCharger.BootedAt => state.State.BootedAt;

    ChargerState ILimitedCharger.Kept => state.State;

    ChargingMode ILimitedCharger.ChargingMode => _quirks.Profile.Values.SmartCharging;

    IProfileDialect ILimitedCharger.Profiles => Protocols.ProfileOf(Version);

    IStateDialect ILimitedCharger.States => Protocols.StateOf(Version);

    public async ValueTask<ChargerImage?> Join(SiteId site, long epoch) =>
        site.Tenant == Id.Tenant && (_charger ?? await RefreshedConfiguration())?.Site == site.Name ? await _limits.Join(site.Name, epoch) : null;

    public ValueTask<LimitOutcome?> Enqueue(LimitOrder order) => new(_limits.Enqueue(order));

    public async ValueTask Leave(SiteId site)
    {
        if (site.Tenant == Id.Tenant)
        {
            await _limits.Leave(site.Name);
            _assertion.OnChanged(Attached);
        }
    }

    Task ILimitedCharger.Keep() => WriteState();

    Task ILimitedCharger.Learn(ChargingMode mode)
    {
        state.State.Learn(mode);
        _quirks.Learned(mode);
        return WriteState();
    }

    void ILimitedCharger.Record(string kind, string detail) => _ = _facts.Keep(
        kind, () => chargerLog.RecordEvent(Id.Tenant, new EventRecord(time.GetUtcNow(), kind, Id.Name, detail)));

    Task ILimitedCharger.ProfilesRemoved() => _facts.Keep(
        "profiles removed", () => profiles.Cleared(Id, new ProfileFilter(null, null, null, null), time.GetUtcNow()));

    public async Task<ConnectorSnapshot[]> Connectors() => await Task.WhenAll(
        (_charger?.Connectors ?? []).Select(async connector => await Connector(connector.Connector).Snapshot()));

    private async Task WriteState()
    {
        EnsureState();
        try
        {
            await state.WriteStateAsync();
        }
        catch (InconsistentStateException)
        {
            // Another activation wrote: what this one believes is old.
            DeactivateOnIdle();
            throw;
        }
    }
}
