using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History.Configuration;

namespace EvCharge.History.Queries;

/// <summary>Chargers with what is known of them, from tables alone: no grain is woken by a list.</summary>
public sealed class FleetQueries
{
    public Task<FleetCharger?> Charger(ChargerId charger) => throw new NotSupportedException();

    public Task<IReadOnlyList<FleetCharger>> Chargers(TenantId tenant, string? site, string? after, int limit) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<Chargers.ConformanceWarning>> Warnings(ChargerId charger) => throw new NotSupportedException();

    public Task<IReadOnlyList<(long Id, Chargers.EventRecord Event)>> Events(TenantId tenant, string? charger, long? before, int limit) =>
        throw new NotSupportedException();
}

/// <summary>A charger's configuration, its connection, and its connectors' last statuses.</summary>
public sealed record FleetCharger(
    Versioned<ChargerConfiguration> Configuration,
    bool Online,
    DateTimeOffset? LastSeen,
    string? OcppVersion,
    string? RemoteAddress,
    Chargers.BootRecord? Boot,
    IReadOnlyDictionary<int, ConnectorStatus> Statuses);
