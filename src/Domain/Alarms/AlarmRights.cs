namespace EvCharge.Domain.Alarms;

/// <summary>What somebody may do with alarms, by their level.</summary>
/// <param name="Display">See them.</param>
/// <param name="Acknowledge">Acknowledge them.</param>
/// <param name="Mask">Keep them from being raised for a while.</param>
/// <param name="Maintenance">Keep those of a charger from being raised while it is worked on.</param>
public sealed record AlarmRights(AlarmLevels Display, AlarmLevels Acknowledge, AlarmLevels Mask, AlarmLevels Maintenance)
{
    public static readonly AlarmRights All = new(AlarmLevels.All, AlarmLevels.All, AlarmLevels.All, AlarmLevels.All);

    /// <summary>Who only looks.</summary>
    public static readonly AlarmRights Seeing = new(AlarmLevels.All, AlarmLevels.None, AlarmLevels.None, AlarmLevels.None);

    /// <summary>Who works with chargers: masks what is not urgent (levels 0 to 14), and puts nothing in maintenance.</summary>
    public static readonly AlarmRights Working = new(AlarmLevels.All, AlarmLevels.All, AlarmLevels.UpTo(14), AlarmLevels.None);

    public bool IsWithin(AlarmRights other) =>
        Display.IsWithin(other.Display) && Acknowledge.IsWithin(other.Acknowledge) && Mask.IsWithin(other.Mask) && Maintenance.IsWithin(other.Maintenance);
}
