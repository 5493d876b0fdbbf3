using EvCharge.Gateway.Api;
using EvCharge.Gateway.ChargingProfiles;
using EvCharge.Gateway.OperatingModes;

namespace EvCharge.Gateway.Documents;

/// <summary>
/// What is configured, as one document without secrets. A list that is left out stays as it is; of one that is given, what
/// is not in it is deleted.
/// </summary>
/// <param name="Sites">Each with its name.</param>
/// <param name="Chargers">
/// Each with its id. A password may be put and is never shown; without one a charger keeps the one it has.
/// </param>
/// <param name="ProfileTemplates">Each with its id, and with its site where that keeps it for itself; of the site's document its own alone.</param>
/// <param name="OperatingModes">The same of operating modes.</param>
public sealed record ConfigurationDocument(
    IReadOnlyList<SiteInput>? Sites = null,
    IReadOnlyList<ChargerInput>? Chargers = null,
    IReadOnlyList<ProfileTemplateInput>? ProfileTemplates = null,
    IReadOnlyList<OperatingModeInput>? OperatingModes = null)
{
    public const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>Of one act: they are one transaction, and whatever else is written waits for it.</summary>
    public const int MaxChanges = 500;

    internal static readonly string TooManyChanges = $"changes more than {MaxChanges} things at once";

    /// <summary>A password that people can remember takes long to hash.</summary>
    public const int MaxPasswords = 200;
}

/// <summary>What a document changes.</summary>
/// <param name="Applied">False for a dry run.</param>
public sealed record ConfigurationDifference(bool Applied, IReadOnlyList<ConfigurationDifferenceEntry> Changes);

/// <summary>One thing that changes.</summary>
/// <param name="Kind">sites, chargers, profileTemplates or operatingModes.</param>
/// <param name="Id">Its name.</param>
/// <param name="Site">The site that keeps it for itself; null for a site, a charger and what is the tenant's.</param>
/// <param name="Change">create, update or delete.</param>
/// <param name="Members">Which members change; empty for what is deleted.</param>
public sealed record ConfigurationDifferenceEntry(string Kind, string Id, string? Site, string Change, IReadOnlyList<MemberDifference> Members);
