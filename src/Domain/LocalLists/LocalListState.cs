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
}
