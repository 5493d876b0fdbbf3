using EvCharge.Domain.Alarms;
using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Identifiers;
using EvCharge.History.Queries;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Alarms;

/// <summary>The record of alarms. An alarm belongs to the site where its charger stands; one of the tenant is for who sees all sites.</summary>
public sealed class AlarmStore(HistoryEngine engine)
{
    /// <summary>Alarms that are acknowledged by one request.</summary>
    public const int MostAcknowledged = 1_000;

    /// <summary>Suppressions that a tenant has at a time.</summary>
    public const int MostSuppressions = 1_000;

    private const string SuppressionId = "alarm-suppression";

    /// <summary>Newest raised first; <paramref name="before"/> is the last id seen.</summary>
    /// <param name="shown">Levels that the caller is let see.</param>
    public Task<IReadOnlyList<Alarm>> List(SiteScope scope, AlarmFilter filter, AlarmLevels shown, long? before, int limit) =>
        engine.Read<IReadOnlyList<Alarm>>(async tables =>
        {
            var bound = before ?? long.MaxValue;
            var alarms = Filter(In(tables, scope, shown).Where(row => row.Id < bound), filter);
            return (await alarms.OrderByDescending(row => row.Id).Take(limit).ToListAsync()).ConvertAll(Read);
        });

    /// <summary>How many are open by level, the most severe first, as far as the caller is let see them.</summary>
    public Task<IReadOnlyList<(int Level, int Count)>> OpenByLevel(SiteScope scope, AlarmLevels shown) => engine.Read<IReadOnlyList<(int, int)>>(async tables =>
    {
        var counts = await In(tables, scope, shown).Where(row => row.Open)
            .GroupBy(row => row.Level).Select(same => new { same.Key, Count = same.Count() }).ToListAsync();
        return [.. counts.OrderByDescending(one => one.Key).Select(one => (one.Key, one.Count))];
    });

    /// <summary>Acknowledges the oldest of what is selected first; the rest of more than <see cref="MostAcknowledged"/> stays open.</summary>
    public Task<AlarmsAcknowledged> Acknowledge(
        SiteScope scope, AlarmSelection selection, AlarmRights rights, string by, string? comment, DateTimeOffset at) => engine.Write(write =>
    {
        write.Alone(scope.Tenant, AlarmRaising.LockName);
        var selected = Filter(In(write.Tables, scope, rights.Display), new AlarmFilter(Charger: selection.Charger, Definition: selection.Definition));
        if (selection.Ids is { } ids)
        {
            selected = selected.Where(row => ids.Contains(row.Id));
        }

        var open = selected.Where(row => row.Open).OrderBy(row => row.Id).Take(MostAcknowledged).ToList();
        var seen = open.FindAll(row => selection.AsOf is not { } newest || row.Id <= newest);
        var mine = seen.FindAll(row => rights.Acknowledge.Contains(row.Level));
        foreach (var row in mine)
        {
            write.Tables.Update(row with { Open = false, AcknowledgedAt = at, AcknowledgedBy = by, Comment = comment });
        }

        var before = selection.Ids is null ? 0 : selected.Count(row => !row.Open) - mine.Count;
        return new AlarmsAcknowledged(mine.Count, seen.Count - mine.Count, open.Count - seen.Count, before);
    });

    /// <summary>What keeps alarms from being raised at that moment, the first to end first.</summary>
    public Task<IReadOnlyList<AlarmSuppression>> Suppressions(SiteScope scope, DateTimeOffset now) => engine.Read<IReadOnlyList<AlarmSuppression>>(async tables =>
    {
        var rows = tables.AlarmSuppressions.Where(row => row.TenantId == scope.Tenant.Value && row.Until > now);
        rows = tables.NamesIn(scope) is { } names ? rows.Where(row => names.Contains(row.ChargerId)) : rows;
        return (await rows.OrderBy(row => row.Until).Take(MostSuppressions).ToListAsync()).ConvertAll(Read);
    });

    public Task<AlarmSuppression?> FindSuppression(SiteScope scope, long id) => engine.Read(async tables =>
    {
        var rows = tables.AlarmSuppressions.Where(row => row.TenantId == scope.Tenant.Value && row.Id == id);
        rows = tables.NamesIn(scope) is { } names ? rows.Where(row => names.Contains(row.ChargerId)) : rows;
        return await rows.FirstOrDefaultAsync() is { } row ? Read(row) : null;
    });

    /// <summary>Stores a suppression under an id of its own, in the place of one of the same kind for the same; those that are over are cleared.</summary>
    /// <returns>Null where the tenant has as many as it may.</returns>
    public Task<AlarmSuppression?> Suppress(TenantId tenant, AlarmSuppression wanted) => engine.Write(write =>
    {
        write.Alone(tenant, AlarmRaising.LockName);
        var (kind, definition, charger) = ((int)wanted.Kind, wanted.Definition ?? "", wanted.Charger ?? "");
        var rows = write.Tables.AlarmSuppressions.Where(row => row.TenantId == tenant.Value);
        rows.Delete(row => row.Until <= wanted.SetAt || (row.Kind == kind && row.Definition == definition && row.ChargerId == charger));
        if (rows.Count() >= MostSuppressions)
        {
            return null;
        }

        var stored = wanted with { Id = IdStatements.Reserve(write, tenant, SuppressionId, 1) };
        write.Tables.Insert(new AlarmSuppressionRow
        {
            TenantId = tenant.Value,
            Id = stored.Id,
            Kind = kind,
            Definition = definition,
            ChargerId = charger,
            Levels = stored.Levels.Bits,
            Until = stored.Until,
            Reason = stored.Reason,
            SetBy = stored.SetBy,
            SetAt = stored.SetAt,
        });
        return stored;
    });

    public Task<bool> Release(TenantId tenant, long suppression) => engine.Write(write =>
        write.Tables.AlarmSuppressions.Delete(row => row.TenantId == tenant.Value && row.Id == suppression) == 1);

    private static IQueryable<AlarmRow> In(HistoryTables tables, SiteScope scope, AlarmLevels shown)
    {
        var alarms = tables.Alarms.Where(row => row.TenantId == scope.Tenant.Value);
        alarms = tables.NamesIn(scope) is { } names ? alarms.Where(row => names.Contains(row.ChargerId)) : alarms;
        if (shown == AlarmLevels.All)
        {
            return alarms;
        }

        var levels = shown.Levels;
        return alarms.Where(row => levels.Contains(row.Level));
    }

    private static IQueryable<AlarmRow> Filter(IQueryable<AlarmRow> alarms, AlarmFilter filter)
    {
        alarms = filter.Open is { } open ? alarms.Where(row => row.Open == open) : alarms;
        alarms = filter.Charger is { } charger ? alarms.Where(row => row.ChargerId == charger) : alarms;
        alarms = filter.Definition is { } definition ? alarms.Where(row => row.Definition == definition) : alarms;
        alarms = filter.From is { } from ? alarms.Where(row => row.LastAt >= from) : alarms;
        return filter.To is { } to ? alarms.Where(row => row.LastAt < to) : alarms;
    }

    /// <summary>A definition of an earlier version that is no more keeps its name and its level.</summary>
    private static Alarm Read(AlarmRow row) => new(
        row.Id, (AlarmDefinitions.Find(row.Definition) ?? new AlarmDefinition(row.Definition, row.Level, "")) with { Level = row.Level },
        row.ChargerId.Length == 0 ? null : row.ChargerId, row.RaisedAt, row.LastAt, row.Occurrences, row.Detail,
        row.AcknowledgedAt, row.AcknowledgedBy, row.Comment);

    private static AlarmSuppression Read(AlarmSuppressionRow row) => new(
        row.Id, (SuppressionKind)row.Kind, row.Definition.Length == 0 ? null : row.Definition, row.ChargerId.Length == 0 ? null : row.ChargerId,
        new AlarmLevels(row.Levels), row.Until, row.Reason, row.SetBy, row.SetAt);
}
