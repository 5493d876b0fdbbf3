using EvCharge.Domain.Alarms;
using EvCharge.Domain.ChargingProfiles;
using EvCharge.Domain.LocalLists;

namespace EvCharge.History.Configuration;

/// <summary>A configured thing with the version that its REST ETag shows.</summary>
public sealed record Versioned<T>(T Value, long RowVersion);

/// <param name="Limit">A per phase or W in total; null for none.</param>
/// <param name="Tree">The limit tree as JSON text, or null.</param>
/// <param name="SmartCharging">The smart-charging parameters as JSON text, or null.</param>
public sealed record SiteConfiguration(
    string Site,
    string Name,
    string TimeZone,
    string EnergyUnit,
    double? Limit,
    string? Tree,
    string? SmartCharging);

/// <param name="Connectors">At least one, numbered from 1 without gaps.</param>
/// <param name="PasswordHash">Salted hash of the Basic auth password, or null.</param>
/// <param name="Parameters">Charger-wide energy parameters (operatingMode, maxCurrent…) as JSON text, or null.</param>
public sealed record ChargerConfiguration(
    string Charger,
    string? Site,
    int SecurityProfile,
    string? PasswordHash,
    string? Parameters,
    IReadOnlyList<ConnectorConfiguration> Connectors)
{
    /// <summary>Hashes of passwords that the charger was given and did not come back with yet, the oldest first.</summary>
    public IReadOnlyList<string> NextPasswordHashes { get; init; } = [];

    /// <summary>The security profile that the charger was told to take and did not come back with yet; null for none.</summary>
    public int? NextSecurityProfile { get; init; }

    /// <summary>off, memory or full; null when the tenant's setting holds.</summary>
    public string? FrameLog { get; init; }

    /// <summary>Whether its connections are pinged; null by its model.</summary>
    public bool? Ping { get; init; }

    /// <summary>The IANA zone of stamps that name none, or <c>site</c>; null by its model.</summary>
    public string? TimeZone { get; init; }

    /// <summary>off or tags; null when the tenant's setting holds.</summary>
    public string? LocalList { get; init; }

    /// <summary>Whether its authorization cache is cleared when tags lose rights; null where it says that it has one.</summary>
    public bool? ClearCache { get; init; }

    /// <summary>Names of the links that relay it to other systems.</summary>
    public IReadOnlyList<string> ProxyLinks { get; init; } = [];
}

/// <param name="Parameters">Energy parameters of the connector as JSON text, or null.</param>
public sealed record ConnectorConfiguration(int Connector, string? Parameters);

/// <param name="Sites">Names of the sites where the tag may charge; empty for all.</param>
/// <param name="ConcurrentTransactions">allow or refuse; null for the tenant's setting.</param>
/// <param name="Departure">The time of day, at the site, when its vehicle leaves; null when nobody knows.</param>
/// <param name="EnergyWh">What its vehicle needs of each charge; null when nobody knows.</param>
public sealed record TagConfiguration(
    string IdTag,
    string Status,
    DateTimeOffset? Expiry,
    string? Parent,
    IReadOnlyList<string> Sites,
    int? Priority,
    string? Vehicle,
    string? ConcurrentTransactions = null,
    TimeOnly? Departure = null,
    double? EnergyWh = null);

public sealed record VehicleConfiguration(
    string Vehicle,
    string Name,
    string? Vin,
    string? Evccid,
    IReadOnlyList<string> Tags,
    string? Site);

/// <param name="PasswordHash">Empty for a user who has no password.</param>
/// <param name="Role">administrator, operator, guest, or one that the tenant has made.</param>
public sealed record UserConfiguration(
    string Username,
    string PasswordHash,
    string Role,
    bool PlatformAdministrator,
    bool Disabled)
{
    public UserPreferences Preferences { get; init; } = new();

    /// <summary>The sites that the user sees and works on; null for all, and for what belongs to none.</summary>
    public IReadOnlyList<string>? Sites { get; init; }

    /// <summary>What the user may do with alarms; null for what the role may.</summary>
    public AlarmRights? Alarms { get; init; }

    /// <summary>Who the user is at a provider; null for a user who signs in with a password alone.</summary>
    public OutsideIdentity? Identity { get; init; }
}

/// <summary>How a user wants to be shown things.</summary>
/// <param name="Language">en or fr; null for that of the browser.</param>
/// <param name="TimeZone">An IANA zone; null for that of the device.</param>
/// <param name="PowerUnit">kW or A; null for that of the site.</param>
public sealed record UserPreferences(string? Language = null, string? TimeZone = null, string? PowerUnit = null);

/// <summary>A bearer secret, stored as its SHA-256: a login's access token or an API key.</summary>
/// <param name="Id">Public name of the key.</param>
/// <param name="Kind">session or key.</param>
/// <param name="Description">What a key is for; where a session was opened from.</param>
public sealed record CredentialConfiguration(
    string Id,
    string Kind,
    byte[] SecretHash,
    string Principal,
    string Role,
    bool PlatformAdministrator,
    string? Description,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt)
{
    /// <summary>What of its role's permissions it may use; null for all of them.</summary>
    public IReadOnlyList<string>? Permissions { get; init; }

    /// <summary>The sites that a key is for; null for all. Of a session its user says it.</summary>
    public IReadOnlyList<string>? Sites { get; init; }
}

/// <summary>The settings of a tenant.</summary>
/// <param name="UnknownChargers">refuse, quarantine or accept.</param>
/// <param name="Strict">Answer a CALLERROR to what the tolerant reader would coerce.</param>
/// <param name="MissingSubprotocol">refuse, or the subprotocol to assume.</param>
/// <param name="ConcurrentTransactions">allow or refuse, for tags that say nothing of their own.</param>
public sealed record TenantSettings(
    string UnknownChargers, bool Strict, string MissingSubprotocol, string ConcurrentTransactions = "allow")
{
    /// <summary>off, memory or full for chargers without a setting of their own; null when the installation's holds.</summary>
    public string? FrameLog { get; init; }

    /// <summary>off or tags for chargers without a setting of their own.</summary>
    public string LocalList { get; init; } = LocalListMode.Off;

    public static readonly TenantSettings Defaults = new("refuse", false, "refuse");
}
