using EvCharge.Domain.LocalLists;

namespace EvCharge.Gateway.LocalLists;

/// <param name="Full">Send the whole list, whatever the charger says that it holds; false by default.</param>
public sealed record LocalListSync(bool Full = false);

/// <summary>A charger's local list (OCPP 1.6 §3.5.1).</summary>
/// <param name="Mode">off or tags: the charger's own setting, or else the tenant's.</param>
/// <param name="InStep">It holds what the tags say.</param>
/// <param name="Supported">False when the charger said that it has no local list; null before it said anything.</param>
/// <param name="Version">That the charger took or said last; null before one.</param>
/// <param name="Known">The entries are what the charger holds; else it gets the whole list next.</param>
/// <param name="LeftOut">Tags that the list has no place for.</param>
/// <param name="Outcome">How the charger answered last: Accepted, Failed, NotSupported or VersionMismatch; null before it did.</param>
/// <param name="At">When that was, UTC.</param>
public sealed record LocalListView(
    string Mode, bool InStep, bool? Supported, int? Version, bool Known, int LeftOut, string? Outcome, DateTimeOffset? At, CacheView Cache)
{
    internal static LocalListView Of(string mode, bool? clear, LocalListState state, TagRevision revision)
    {
        var told = state.Outcome is not null || state.Version > 0;
        return new LocalListView(
            mode,
            mode == LocalListMode.Tags && state.Known && state.Revision == revision.Changed,
            state.UnsupportedBy is not null ? false : told ? true : null,
            told ? state.Version : null,
            state.Known,
            state.LeftOut,
            state.Outcome,
            state.At,
            new CacheView(clear, state.ClearOutcome, state.ClearedAt));
    }
}

/// <summary>A charger's authorization cache (OCPP 1.6 §3.4.1).</summary>
/// <param name="Clear">Whether it is emptied when a tag loses a right; null where the charger says that it has one.</param>
/// <param name="Outcome">How the charger answered the last time: Accepted, Rejected, Failed or NotSupported; null before.</param>
/// <param name="ClearedAt">When the charger emptied it last, UTC.</param>
public sealed record CacheView(bool? Clear, string? Outcome, DateTimeOffset? ClearedAt);

/// <summary>An entry of a local list, as it was sent.</summary>
/// <param name="Status">As in a tag.</param>
public sealed record LocalListEntryView(string IdTag, string Status, DateTimeOffset? Expiry, string? Parent)
{
    internal static LocalListEntryView Of(LocalListEntry entry) => new(entry.Tag.Value, entry.Status, entry.Expiry, entry.Parent);
}
