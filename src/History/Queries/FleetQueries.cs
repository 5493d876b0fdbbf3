using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History.Chargers;
using EvCharge.History.Configuration;
using EvCharge.History.Engines;
using EvCharge.History.Sessions;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Queries;

/// <summary>Chargers with what is known of them, from tables alone: no grain is woken by a list.</summary>
public sealed class FleetQueries(HistoryEngine engine)
{
    private const int CommandsLookedAt = 1_000;

    public Task<FleetCharger?> Charger(ChargerId charger) => engine.Read(async tables =>
    {
        var rows = await tables.Chargers
            .Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name)
            .ToListAsync();
        return rows.Count == 0 ? null : (await Complete(tables, charger.Tenant, rows))[0];
    });

    /// <summary>Chargers by name, those after <paramref name="after"/>, of one site or of all.</summary>
    public Task<IReadOnlyList<FleetCharger>> Chargers(SiteScope scope, string? site, string? after, int limit) =>
        engine.Read(async tables =>
        {
            var chargers = tables.ChargersOf(scope).Where(row => row.ChargerId.IsAfter(after ?? ""));
            if (site is not null)
            {
                chargers = chargers.Where(row => row.SiteId == site);
            }

            return await Complete(tables, scope.Tenant, await chargers.OrderBy(row => row.ChargerId).Take(limit).ToListAsync());
        });

    /// <summary>Names of chargers in order, of one site or of all.</summary>
    public Task<IReadOnlyList<string>> Names(TenantId tenant, string? site, int limit) => engine.Read<IReadOnlyList<string>>(async tables =>
    {
        var chargers = tables.Chargers.Where(row => row.TenantId == tenant.Value);
        chargers = site is null ? chargers : chargers.Where(row => row.SiteId == site);
        return await chargers.OrderBy(row => row.ChargerId).Select(row => row.ChargerId).Take(limit).ToListAsync();
    });

    /// <summary>Those of the names that are chargers of the tenant. Not for more names than a statement takes: 1,000.</summary>
    public Task<IReadOnlySet<string>> Existing(TenantId tenant, IReadOnlyCollection<string> names) => engine.Read<IReadOnlySet<string>>(async tables =>
        (await tables.Chargers
            .Where(row => row.TenantId == tenant.Value && names.Contains(row.ChargerId))
            .Select(row => row.ChargerId)
            .ToListAsync()).ToHashSet(StringComparer.Ordinal));

    /// <summary>Which operations a charger knows, as far as its newest commands tell, by name.</summary>
    public Task<IReadOnlyList<OperationFact>> Operations(ChargerId charger) => engine.Read<IReadOnlyList<OperationFact>>(async tables =>
    {
        var newest = await tables.Commands
            .Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name)
            .OrderByDescending(row => row.Id)
            .Take(CommandsLookedAt)
            .Select(row => new { row.Action, row.Status, row.ErrorCode, row.EndedAt })
            .ToListAsync();
        return
        [
            .. newest.Where(row => row.Status is (int)CommandStatus.Answered or (int)CommandStatus.Error)
                .GroupBy(row => row.Action, StringComparer.Ordinal)
                .Select(group => group.First())
                .OrderBy(row => row.Action, StringComparer.Ordinal)
                .Select(row => new OperationFact(row.Action, row.ErrorCode is not ("NotImplemented" or "NotSupported"), row.EndedAt)),
        ];
    });

    /// <summary>The deviations of a charger, the most frequent first.</summary>
    public Task<IReadOnlyList<ConformanceWarning>> Warnings(ChargerId charger) =>
        engine.Read<IReadOnlyList<ConformanceWarning>>(async tables =>
        {
            var rows = await tables.Warnings
                .Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name)
                .OrderByDescending(row => row.Count)
                .ToListAsync();
            return rows.ConvertAll(row =>
                new ConformanceWarning(row.Action, row.Rule, row.Field, row.Example, row.LastAt, row.Count));
        });

    /// <summary>Operator events, newest first; <paramref name="before"/> is the last id seen.</summary>
    public Task<IReadOnlyList<(long Id, EventRecord Event)>> Events(SiteScope scope, string? charger, long? before, int limit) =>
        engine.Read<IReadOnlyList<(long, EventRecord)>>(async tables =>
        {
            var rows = await EventsOf(tables, scope, charger, before ?? long.MaxValue).Take(limit).ToListAsync();
            return rows.ConvertAll(row => (row.RowId, new EventRecord(row.At, row.Kind, row.ChargerId, row.Detail)));
        });

    /// <summary>Newest first.</summary>
    internal static IQueryable<EventRow> EventsOf(HistoryTables tables, SiteScope scope, string? charger, long before)
    {
        var events = tables.Events.Where(row => row.TenantId == scope.Tenant.Value && row.RowId < before);
        events = tables.NamesIn(scope) is { } names ? events.Where(row => names.Contains(row.ChargerId)) : events;
        return (charger is null ? events : events.Where(row => row.ChargerId == charger)).OrderByDescending(row => row.RowId);
    }

    /// <summary>Adds to a page of chargers, which are in order, what else is known of them: three more queries a page.</summary>
    private static async Task<IReadOnlyList<FleetCharger>> Complete(HistoryTables tables, TenantId tenant, List<ChargerRow> chargers)
    {
        var names = chargers.ConvertAll(row => row.ChargerId);
        var connectors = (await tables.ChargerConnectors
            .Where(row => row.TenantId == tenant.Value && names.Contains(row.ChargerId))
            .OrderBy(row => row.Connector)
            .ToListAsync()).ToLookup(row => row.ChargerId, StringComparer.Ordinal);
        var states = (await tables.ChargerStates
            .Where(row => row.TenantId == tenant.Value && names.Contains(row.ChargerId))
            .ToListAsync()).ToDictionary(row => row.ChargerId, StringComparer.Ordinal);
        var statuses = (await tables.ConnectorStates
            .Where(row => row.TenantId == tenant.Value && names.Contains(row.ChargerId))
            .ToListAsync()).ToLookup(row => row.ChargerId, StringComparer.Ordinal);
        return chargers.ConvertAll(row => Read(
            row, connectors[row.ChargerId], states.GetValueOrDefault(row.ChargerId), statuses[row.ChargerId]));
    }

    private static FleetCharger Read(
        ChargerRow row,
        IEnumerable<ChargerConnectorRow> connectors,
        ChargerStateRow? state,
        IEnumerable<ConnectorStateRow> statuses) => new(
        ConfigurationStore.Read(row, connectors),
        state?.Online ?? false,
        Latest(state?.SeenAt, state?.BootAt, state?.ConnectionAt),
        state?.OcppVersion,
        state?.RemoteAddress,
        state?.BootAt is { } bootAt
            ? new BootRecord(
                state.Vendor!,
                state.Model!,
                state.SerialNumber,
                state.Firmware,
                state.Iccid,
                state.Imsi,
                state.MeterType,
                state.MeterSerialNumber,
                bootAt)
            : null,
        statuses.ToDictionary(status => status.Connector, status => status.ToStatus()));

    private static DateTimeOffset? Latest(params IEnumerable<DateTimeOffset?> moments) => moments.Max();
}

/// <summary>A charger's configuration, its connection, and its connectors' last statuses.</summary>
public sealed record FleetCharger(
    Versioned<ChargerConfiguration> Configuration,
    bool Online,
    DateTimeOffset? LastSeen,
    string? OcppVersion,
    string? RemoteAddress,
    BootRecord? Boot,
    IReadOnlyDictionary<int, ConnectorStatus> Statuses);
