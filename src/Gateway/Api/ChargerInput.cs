using EvCharge.Domain.Identity;
using EvCharge.Domain.LocalLists;
using EvCharge.Domain.Models;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using EvCharge.History.Frames;
using NodaTime;

namespace EvCharge.Gateway.Api;

/// <summary>A charger as it is put.</summary>
public sealed record ChargerInput : ChargerParameters
{
    /// <summary>May repeat the id in the path.</summary>
    public string? Charger { get; init; }

    /// <summary>Name of its site; null for none.</summary>
    public string? Site { get; init; }

    /// <summary>A count, or a list numbered from 1 without gaps. One connector by default.</summary>
    public ConnectorList? Connectors { get; init; }

    /// <summary>
    /// 0 without authentication, 1 with a password, 2 with a password over TLS, 3 with a certificate over TLS. By default 1 when
    /// the charger has a password, else 0; never lower than what it has.
    /// </summary>
    public int? SecurityProfile { get; init; }

    /// <summary>
    /// The OCPP AuthorizationKey, 8 to 128 printable characters. Never shown again; without it the charger keeps the one it
    /// has, unless it is set to profile 0.
    /// </summary>
    public string? Password { get; init; }

    /// <summary>What is kept of its messages: off, memory or full; null for the tenant's setting.</summary>
    public string? FrameLog { get; init; }

    /// <summary>
    /// Whether its WebSocket is pinged: false for a charger that does not answer, which would be taken for dead. Counts from its
    /// next connection. Null by its model.
    /// </summary>
    public bool? Ping { get; init; }

    /// <summary>The IANA zone of stamps that name none, or <c>site</c> for that of its site; null by its model, which is UTC mostly.</summary>
    public string? TimeZone { get; init; }

    /// <summary>off or tags: whether its local list is kept in step with the tags; null for the tenant's setting.</summary>
    public string? LocalList { get; init; }

    /// <summary>
    /// Whether its authorization cache is emptied when a tag loses a right; null where the charger says that it has one
    /// (AuthorizationCacheEnabled).
    /// </summary>
    public bool? ClearCache { get; init; }

    /// <param name="known">The charger as it stands; null for a new one.</param>
    internal ChargerConfiguration Checked(ChargerId id, ChargerConfiguration? known)
    {
        var connectors = Connectors ?? ConnectorList.One;
        var hasPassword = Password is not null || (known?.PasswordHash is not null && SecurityProfile is not 0);
        var profile = SecurityProfile ?? Math.Max(hasPassword ? 1 : 0, known?.SecurityProfile ?? 0);
        var checks = new Checks()
            .Name(Charger, id.Name, "charger")
            .That(Password is null || ChargerSecret.IsAcceptable(Password), "password", "must be 8 to 128 printable characters")
            .That(profile is >= 0 and <= 3, "securityProfile", "must be 0 to 3")
            .That(profile is not (1 or 2) || hasPassword, "password", "is needed for this securityProfile")
            .That(profile != 0 || Password is null, "securityProfile", "0 has no password");
        checks.OneOf(FrameLog, "frameLog", FrameLogModes.All).OneOf(LocalList, "localList", LocalListMode.All);
        checks.That(
            TimeZone is null or StampZone.Site || DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone) is not null,
            "timeZone",
            $"must be a zone of the IANA database, or '{StampZone.Site}'");
        connectors.Check(checks);
        CheckCharger(checks);
        checks.ThrowIfAny();

        var hash = Password is null ? known?.PasswordHash : ChargerSecret.Hash(Password);
        return new ChargerConfiguration(
            id.Name,
            Site,
            profile,
            profile == 0 ? null : hash,
            StoredJson.Write<ChargerParameters>(this),
            [.. connectors.Items.OrderBy(item => item.Connector).Select(Stored)])
        {
            FrameLog = FrameLog,
            Ping = Ping,
            TimeZone = TimeZone,
            LocalList = LocalList,
            ClearCache = ClearCache,
        };
    }

    private static ConnectorConfiguration Stored(ConnectorInput item) =>
        new(item.Connector, StoredJson.Write<EnergyParameters>(item));
}
