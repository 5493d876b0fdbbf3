namespace EvCharge.Domain.LocalLists;

/// <summary>What is on record of a charger's local list, beside its entries, and of its authorization cache.</summary>
public sealed record LocalListState
{
    public static readonly LocalListState Unknown = new();

    /// <summary>Version that the charger took, or said, last; 0 for an empty list (OCPP 1.6 §5.10).</summary>
    public int Version { get; init; }

    /// <summary>The entries on record are those that it holds at that version; else it is to get the whole list.</summary>
    public bool Known { get; init; }

    /// <summary>How it answered the last update: Accepted, Failed, NotSupported or VersionMismatch; null before the first.</summary>
    public string? Outcome { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The firmware that does not support a list, empty for one without a name: it is not asked again; null while it may.</summary>
    public string? UnsupportedBy { get; init; }

    /// <summary>Tags that its list has no place for.</summary>
    public int LeftOut { get; init; }

    /// <summary>The change of the tenant's tags that the list was last in step with; 0 when it never was.</summary>
    public long Revision { get; init; }

    /// <summary>The revocation after which its cache was cleared last.</summary>
    public long ClearedFor { get; init; }

    public DateTimeOffset? ClearedAt { get; init; }

    /// <summary>How it answered the last ClearCache; null before the first.</summary>
    public string? ClearOutcome { get; init; }

    /// <summary>The version of the next update: higher than the one that the charger has (OCPP 1.6 §5.15).</summary>
    public int NextVersion => Version is > 0 and < int.MaxValue ? Version + 1 : 1;

    /// <summary>After the charger answered an update, whoever sent it.</summary>
    /// <param name="firmware">That the charger runs; empty when it named none.</param>
    public LocalListState Answered(int version, LocalListUpdate update, string outcome, string firmware, DateTimeOffset at)
    {
        var told = this with { Outcome = outcome, At = at, UnsupportedBy = outcome == LocalListOutcome.NotSupported ? firmware : null };
        if (outcome != LocalListOutcome.Accepted)
        {
            return told with { Known = false };
        }

        // An answer that comes after that to a later update says nothing new.
        return Applies(version, update) ? told with { Version = version, Known = update.Full || Known } : this;
    }

    /// <summary>Whether an accepted update changes the entries on record.</summary>
    public bool Applies(int version, LocalListUpdate update) => update.Full || version >= Version;

    /// <summary>After the charger said which list it holds.</summary>
    /// <param name="version">-1 when it supports none (OCPP 1.6 §5.10).</param>
    /// <param name="empty">No entries are on record: some chargers say 0 of every empty list.</param>
    public LocalListState Said(int version, bool empty, string firmware, DateTimeOffset at) => version switch
    {
        < 0 => this with { Outcome = LocalListOutcome.NotSupported, At = at, UnsupportedBy = firmware, Known = false },
        _ when version == Version || (version == 0 && empty && Known) => this with { UnsupportedBy = null },
        _ => this with { Version = version, Known = false, UnsupportedBy = null },
    };

    /// <summary>After the charger answered a ClearCache, whoever sent it.</summary>
    public LocalListState Cleared(string outcome, DateTimeOffset at) => this with
    {
        ClearOutcome = outcome,
        ClearedAt = outcome == LocalListOutcome.Accepted ? at : ClearedAt,
    };
}
