namespace EvCharge.History.Configuration;

/// <summary>What becomes of one configured thing.</summary>
/// <param name="Id">Its name in the tenant.</param>
/// <param name="Version">That it has to stand at; <see cref="ConfigurationStore.Absent"/> where there must be none.</param>
/// <param name="Value">What is put; null deletes it.</param>
/// <param name="Site">The site that keeps it for itself; null for what is the tenant's.</param>
public sealed record ConfigurationEdit<T>(string Id, long Version, T? Value, string? Site = null)
    where T : class;

/// <summary>Many changes that are one: all of them are made, or none.</summary>
public sealed record ConfigurationEdits(
    IReadOnlyList<ConfigurationEdit<SiteConfiguration>> Sites,
    IReadOnlyList<ConfigurationEdit<ChargerConfiguration>> Chargers,
    IReadOnlyList<ConfigurationEdit<OperatingModeConfiguration>> OperatingModes,
    IReadOnlyList<ConfigurationEdit<ProfileTemplate>> ProfileTemplates)
{
    public int Count => Sites.Count + Chargers.Count + OperatingModes.Count + ProfileTemplates.Count;
}

/// <param name="Refused">The path of the thing that could not be changed, which kept all others from it; null when all were.</param>
public readonly record struct EditsResult(WriteOutcome Outcome, string? Refused);
