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
    public Task<LocalListState> Find(ChargerId charger) => engine.Read(async tables => Read(await Of(tables, charger).FirstOrDefaultAsync()));

    /// <summary>The entries on record by tag; only where the state says that they are known the charger holds them.</summary>
    public Task<ImmutableArray<LocalListEntry>> Entries(ChargerId charger) => engine.Read<ImmutableArray<LocalListEntry>>(async tables =>
        [.. (await EntriesOf(tables, charger).OrderBy(row => row.TagKey).ToListAsync()).Select(Read)]);

    /// <summary>A page of them.</summary>
    /// <param name="after">Key of the last tag of the page before, or null.</param>
    public Task<IReadOnlyList<LocalListEntry>> Entries(ChargerId charger, string? after, int limit)
    {
        var last = after ?? "";
        return engine.Read<IReadOnlyList<LocalListEntry>>(async tables =>
            (await EntriesOf(tables, charger).Where(row => row.TagKey.IsAfter(last)).OrderBy(row => row.TagKey).Take(limit).ToListAsync())
                .ConvertAll(Read));
    }

    /// <summary>Keeps what the charger said, or was found to be, and gives it back.</summary>
    public Task<LocalListState> Change(ChargerId charger, Func<LocalListState, LocalListState> change) =>
        engine.Write(write => Put(write.Tables, charger, change(Read(write.Tables, charger))));

    /// <summary>Keeps how the charger answered an update; the entries on record are changed with it when it took it.</summary>
    public Task<LocalListState> Answered(
        ChargerId charger, int version, LocalListUpdate update, string outcome, string firmware, DateTimeOffset at) => engine.Write(
        write =>
        {
            var before = Read(write.Tables, charger);
            if (outcome == LocalListOutcome.Accepted && before.Applies(version, update))
            {
                Apply(write.Tables, charger, update);
            }

            return Put(write.Tables, charger, before.Answered(version, update, outcome, firmware, at));
        },
        rows: 1 + update.Put.Length + update.Removed.Length,
        bytes: 256 * (1 + update.Put.Length));

    /// <summary>Keeps which list the charger says that it holds.</summary>
    public Task<LocalListState> Said(ChargerId charger, int version, string firmware, DateTimeOffset at) => engine.Write(write =>
        Put(write.Tables, charger, Read(write.Tables, charger).Said(version, !EntriesOf(write.Tables, charger).Any(), firmware, at)));

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

    private static LocalListState Put(HistoryTables tables, ChargerId charger, LocalListState state)
    {
        tables.InsertOrReplace(RowOf(charger, state));
        return state;
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

    private static LocalListState Read(HistoryTables tables, ChargerId charger) => Read(Of(tables, charger).FirstOrDefault());

    private static LocalListState Read(LocalListRow? row) => row is null ? LocalListState.Unknown : new LocalListState
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
