using System.Collections.Immutable;
using EvCharge.Domain.Identity;
using EvCharge.Domain.LocalLists;
using EvCharge.History.Engines;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;

namespace EvCharge.History.LocalLists;

/// <summary>The local lists that chargers hold, written by their grains.</summary>
public sealed class LocalListStore(HistoryEngine engine)
{
    public Task<LocalListState> Find(ChargerId charger) => engine.Read(async tables =>
        await Of(tables, charger).FirstOrDefaultAsync() is { } row ? Read(row) : LocalListState.Unknown);

    /// <summary>The entries on record by tag; only where the state says that they are known the charger holds them.</summary>
    public Task<ImmutableArray<LocalListEntry>> Entries(ChargerId charger) => engine.Read<ImmutableArray<LocalListEntry>>(async tables =>
        [.. (await EntriesOf(tables, charger).OrderBy(row => row.TagKey).ToListAsync()).Select(Read)]);

    /// <summary>Keeps the state, and with it an update that the charger took.</summary>
    public Task Record(ChargerId charger, LocalListState state, LocalListUpdate? taken = null) => engine.Write(
        write =>
        {
            write.Tables.InsertOrReplace(RowOf(charger, state));
            if (taken is not null)
            {
                Apply(write.Tables, charger, taken);
            }

            return 1;
        },
        rows: 1 + (taken?.Put.Length ?? 0) + (taken?.Removed.Length ?? 0),
        bytes: 256 * (1 + (taken?.Put.Length ?? 0)));

    /// <summary>Has the charger asked again which list it holds, also one that said that it supports none.</summary>
    /// <param name="whole">Whatever it answers, it is to get the whole list.</param>
    public Task Doubt(ChargerId charger, bool whole) => engine.Write(write => Of(write.Tables, charger)
        .Set(row => row.UnsupportedBy, (string?)null)
        .Set(row => row.Known, row => row.Known && !whole)
        .Set(row => row.Revision, 0L)
        .Update());

    public Task<TagRevision> Revision(TenantId tenant) => engine.Read(async tables =>
        await tables.TagChanges.FirstOrDefaultAsync(row => row.TenantId == tenant.Value) is { } row
            ? new TagRevision(row.Changed, row.Revoked)
            : default);

    /// <summary>Notes a change of tags, in its own transaction.</summary>
    /// <param name="version">That the change gives its rows.</param>
    internal static void Note(HistoryTables tables, TenantId tenant, long version, bool revokes)
    {
        var revoked = revokes ? version : tables.TagChanges.Where(row => row.TenantId == tenant.Value).Select(row => row.Revoked).FirstOrDefault();
        tables.InsertOrReplace(new TagChangeRow { TenantId = tenant.Value, Changed = version, Revoked = revoked });
    }

    /// <summary>Forgets a charger that was deleted.</summary>
    internal static void Forget(HistoryTables tables, ChargerId charger)
    {
        Of(tables, charger).Delete();
        EntriesOf(tables, charger).Delete();
    }

    private static void Apply(HistoryTables tables, ChargerId charger, LocalListUpdate taken)
    {
        var entries = EntriesOf(tables, charger);
        if (taken.Full)
        {
            entries.Delete();
        }

        foreach (var tag in taken.Full ? [] : taken.Put.Select(entry => entry.Tag).Concat(taken.Removed))
        {
            var key = tag.Key;
            entries.Where(row => row.TagKey == key).Delete();
        }

        foreach (var entry in taken.Put)
        {
            tables.Insert(RowOf(charger, entry));
        }
    }

    private static IQueryable<LocalListRow> Of(HistoryTables tables, ChargerId charger) =>
        tables.LocalLists.Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name);

    private static IQueryable<LocalListEntryRow> EntriesOf(HistoryTables tables, ChargerId charger) =>
        tables.LocalListEntries.Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name);

    private static LocalListState Read(LocalListRow row) => new()
    {
        Version = row.Version,
        Known = row.Known,
        Outcome = row.Outcome,
        At = row.AnsweredAt,
        UnsupportedBy = row.UnsupportedBy,
        LeftOut = row.LeftOut,
        Revision = row.Revision,
        ClearedFor = row.ClearedFor,
        ClearedAt = row.ClearedAt,
        ClearOutcome = row.ClearOutcome,
    };

    private static LocalListRow RowOf(ChargerId charger, LocalListState state) => new()
    {
        TenantId = charger.Tenant.Value,
        ChargerId = charger.Name,
        Version = state.Version,
        Known = state.Known,
        Outcome = state.Outcome,
        AnsweredAt = state.At,
        UnsupportedBy = state.UnsupportedBy,
        LeftOut = state.LeftOut,
        Revision = state.Revision,
        ClearedFor = state.ClearedFor,
        ClearedAt = state.ClearedAt,
        ClearOutcome = state.ClearOutcome,
    };

    private static LocalListEntry Read(LocalListEntryRow row) => new(new IdTag(row.IdTag), row.Status, row.Expiry, row.Parent);

    private static LocalListEntryRow RowOf(ChargerId charger, LocalListEntry entry) => new()
    {
        TenantId = charger.Tenant.Value,
        ChargerId = charger.Name,
        TagKey = entry.Tag.Key,
        IdTag = entry.Tag.Value,
        Status = entry.Status,
        Expiry = entry.Expiry,
        Parent = entry.Parent,
    };
}
