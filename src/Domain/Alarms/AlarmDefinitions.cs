using System.Collections.Frozen;

namespace EvCharge.Domain.Alarms;

/// <summary>
/// The alarms of what touches security. Types of security events are those of "Improved security for OCPP 1.6-J" (3rd edition,
/// table of security events); a level says how soon somebody should look.
/// </summary>
public static class AlarmDefinitions
{
    private const string SecurityEvent = "security-event";

    public static readonly IReadOnlyList<AlarmDefinition> All =
    [
        new("charger.security.tamper", 24, SecurityEvent, "TamperDetectionActivated"),
        new("charger.security.log-cleared", 22, SecurityEvent, "SecurityLogWasCleared"),
        new("charger.security.firmware-signature", 21, SecurityEvent, "InvalidFirmwareSignature"),
        new("charger.security.firmware-certificate", 21, SecurityEvent, "InvalidFirmwareSigningCertificate"),
        new("charger.security.replay-attack", 20, SecurityEvent, "AttemptedReplayAttacks"),
        new("charger.security.own-login", 18, SecurityEvent, "FailedToAuthenticateAtCentralSystem"),
        new("charger.security.system-login", 18, SecurityEvent, "CentralSystemFailedToAuthenticate"),
        new("charger.security.system-certificate", 18, SecurityEvent, "InvalidCentralSystemCertificate"),
        new("charger.security.own-certificate", 18, SecurityEvent, "InvalidChargePointCertificate"),
        new("charger.security.memory", 16, SecurityEvent, "MemoryExhaustion"),
        new("charger.security.tls-version", 15, SecurityEvent, "InvalidTLSVersion"),
        new("charger.security.tls-cipher", 15, SecurityEvent, "InvalidTLSCipherSuite"),
        new("charger.security.other", 14, SecurityEvent),
        new("charger.security.messages", 12, SecurityEvent, "InvalidMessages"),
        new("charger.security.parameters", 12, SecurityEvent, "ReconfigurationOfSecurityParameters"),
        new("charger.security.firmware-updated", 8, SecurityEvent, "FirmwareUpdated"),
        new("charger.security.clock", 5, SecurityEvent, "SettingSystemTime"),
        new("charger.security.startup", 5, SecurityEvent, "StartupOfTheDevice"),
        new("charger.security.reset", 5, SecurityEvent, "ResetOrReboot"),
        new("charger.firmware-refused", 21, "firmware-refused"),
        new("charger.login-refused", 17, "charger-refused"),
        new("charger.certificate-rejected", 17, "certificate-rejected"),
        new("charger.certificate-expiring", 12, "certificate-expiring"),
        new("tenant.charger-quarantined", 9, "charger-quarantined", OfTenant: true),
        new("tenant.charger-unknown", 9, "unknown-charger", OfTenant: true),
    ];

    private static readonly FrozenDictionary<string, AlarmDefinition> ById = All.ToFrozenDictionary(one => one.Id, StringComparer.Ordinal);

    private static readonly FrozenDictionary<(string, string?), AlarmDefinition> ByEvent = All.ToFrozenDictionary(one => (one.Event, one.Subject));

    /// <summary>Null for a name that none has.</summary>
    public static AlarmDefinition? Find(string? id) => id is null ? null : ById.GetValueOrDefault(id);

    /// <summary>What an event raises; null for nothing.</summary>
    /// <param name="subject">What it is of its kind; null where that is all there is to say.</param>
    public static AlarmDefinition? Raised(string kind, string? subject) => ByEvent.GetValueOrDefault((kind, subject)) ?? ByEvent.GetValueOrDefault((kind, null));
}
