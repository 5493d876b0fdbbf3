using EvCharge.Domain.Alarms;

namespace EvCharge.Gateway.Alarms;

/// <summary>What somebody may do with alarms: for each, the levels for which they may, 0 (least) to 29 (most severe).</summary>
/// <param name="Display">See them; none without it, and so on.</param>
/// <param name="Acknowledge">Acknowledge them.</param>
/// <param name="Mask">Inhibit them for a while.</param>
/// <param name="Maintenance">Keep them quiet while their charger is worked on.</param>
public sealed record AlarmLevelsInput(
    IReadOnlyList<int>? Display = null, IReadOnlyList<int>? Acknowledge = null, IReadOnlyList<int>? Mask = null, IReadOnlyList<int>? Maintenance = null)
{
    internal const string Rule = "must be lists of levels 0 to 29, none of them twice";

    internal bool IsValid => new[] { Display, Acknowledge, Mask, Maintenance }.All(list =>
        list is null || (list.All(level => level is >= 0 and <= AlarmLevels.Highest) && list.Distinct().Count() == list.Count));

    /// <summary>Once it is valid.</summary>
    internal AlarmRights Rights => new(AlarmLevels.Of(Display ?? []), AlarmLevels.Of(Acknowledge ?? []), AlarmLevels.Of(Mask ?? []), AlarmLevels.Of(Maintenance ?? []));

    internal static AlarmLevelsInput? Of(AlarmRights? rights) => rights is null
        ? null
        : new AlarmLevelsInput(rights.Display.Levels, rights.Acknowledge.Levels, rights.Mask.Levels, rights.Maintenance.Levels);
}
