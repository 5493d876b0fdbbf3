using EvCharge.Domain.Alarms;
using EvCharge.Domain.Identity;
using EvCharge.History.Chargers;
using EvCharge.History.Engines;
using EvCharge.History.Identifiers;
using EvCharge.History.Tables;
using LinqToDB;

namespace EvCharge.History.Alarms;

/// <summary>Raises the alarm of an event within the write that stores it: there is no event without its alarm, nor the other way round.</summary>
internal static class AlarmRaising
{
    /// <summary>Who acknowledges or suppresses waits for who raises, and for each other.</summary>
    public const string LockName = "alarms";

    /// <summary>Alarms that are kept for a tenant beside the open ones, the newest.</summary>
    public const int MostKept = 100_000;

    private const string IdName = "alarm";
    private const int PruneEvery = 256;

    public static void Raise(HistoryWrite write, TenantId tenant, EventRecord happened)
    {
        if (AlarmDefinitions.Raised(happened.Kind, happened.Subject) is not { } definition || (happened.Charger is null && !definition.OfTenant))
        {
            return;
        }

        var charger = definition.OfTenant ? "" : happened.Charger!;
        write.Alone(tenant, LockName);
        if (IsSuppressed(write.Tables, tenant, definition, charger, happened.At))
        {
            return;
        }

        var open = write.Tables.Alarms.FirstOrDefault(row =>
            row.TenantId == tenant.Value && row.Open && row.Definition == definition.Id && row.ChargerId == charger);
        if (open is not null)
        {
            write.Tables.Update(open with { LastAt = Later(open.LastAt, happened.At), Occurrences = open.Occurrences + 1, Detail = happened.Detail });
            return;
        }

        var id = IdStatements.Reserve(write, tenant, IdName, 1);
        write.Tables.Insert(new AlarmRow
        {
            TenantId = tenant.Value,
            Id = id,
            Definition = definition.Id,
            ChargerId = charger,
            Level = definition.Level,
            RaisedAt = happened.At,
            LastAt = happened.At,
            Occurrences = 1,
            Detail = happened.Detail,
            Open = true,
        });
        if (id % PruneEvery == 0)
        {
            write.Tables.Alarms.Delete(row => row.TenantId == tenant.Value && !row.Open && row.Id <= id - MostKept);
        }
    }

    private static bool IsSuppressed(HistoryTables tables, TenantId tenant, AlarmDefinition definition, string charger, DateTimeOffset at) =>
        tables.AlarmSuppressions
            .Where(row => row.TenantId == tenant.Value && row.Until > at
                && (row.Definition == "" || row.Definition == definition.Id) && (row.ChargerId == "" || row.ChargerId == charger))
            .Select(row => row.Levels)
            .ToList()
            .Exists(levels => new AlarmLevels(levels).Contains(definition.Level));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
