using EvCharge.Domain.Alarms;

namespace EvCharge.History.Alarms;

/// <summary>An alarm that was raised.</summary>
/// <param name="Charger">Null for one of the tenant.</param>
/// <param name="LastAt">When what raised it came last.</param>
/// <param name="Occurrences">How often it has come, from 1.</param>
/// <param name="Detail">Of the last.</param>
/// <param name="AcknowledgedAt">Null while nobody has acknowledged it.</param>
public sealed record Alarm(
    long Id,
    AlarmDefinition Definition,
    string? Charger,
    DateTimeOffset RaisedAt,
    DateTimeOffset LastAt,
    int Occurrences,
    string Detail,
    DateTimeOffset? AcknowledgedAt,
    string? AcknowledgedBy,
    string? Comment);

/// <summary>Members left null do not filter; from and to are UTC, half-open, on the last that came.</summary>
public sealed record AlarmFilter(
    bool? Open = null, string? Charger = null, string? Definition = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>Which alarms are to be acknowledged.</summary>
/// <param name="Ids">These alone; null for all that the rest lets through.</param>
/// <param name="AsOf">The newest that whoever acknowledges has seen: what was raised after it stays.</param>
public sealed record AlarmSelection(IReadOnlyList<long>? Ids, string? Charger, string? Definition, long? AsOf);

/// <summary>What became of alarms that were to be acknowledged.</summary>
/// <param name="SkippedByRight">Their level is not for who acknowledges.</param>
/// <param name="SkippedNewer">They were raised later than was seen.</param>
/// <param name="AlreadyAcknowledged">Somebody was faster; counted where ids were given.</param>
public sealed record AlarmsAcknowledged(int Acknowledged, int SkippedByRight, int SkippedNewer, int AlreadyAcknowledged);

public enum SuppressionKind
{
    /// <summary>An alarm that is known and of no use for now (ISA-18.2: shelved).</summary>
    Inhibited,

    /// <summary>A charger is worked on (ISA-18.2: out of service).</summary>
    Maintenance,
}

/// <summary>What keeps alarms from being raised until a moment. The events that would raise them stay on record.</summary>
/// <param name="Definition">The alarm; null for all.</param>
/// <param name="Charger">Null for all.</param>
/// <param name="Levels">Alarms of other levels are raised all the same.</param>
public sealed record AlarmSuppression(
    long Id,
    SuppressionKind Kind,
    string? Definition,
    string? Charger,
    AlarmLevels Levels,
    DateTimeOffset Until,
    string Reason,
    string SetBy,
    DateTimeOffset SetAt);
