namespace EvCharge.Domain.Alarms;

/// <summary>When an alarm is raised, and how severe it is. One that is open counts what comes again in the place of another.</summary>
/// <param name="Id">Its name, of which there is one for each charger, or one for the tenant.</param>
/// <param name="Level">0 to 29; see <see cref="AlarmLevels"/>.</param>
/// <param name="Event">The kind of the event that raises it.</param>
/// <param name="Subject">What of that kind; null for all that has no definition of its own.</param>
/// <param name="OfTenant">Strangers invent names of chargers: what they cause is one alarm for the tenant.</param>
public sealed record AlarmDefinition(string Id, int Level, string Event, string? Subject = null, bool OfTenant = false);
