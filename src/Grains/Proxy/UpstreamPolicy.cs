using System.Collections.Frozen;
using System.Text;
using EvCharge.Domain.Proxy;

namespace EvCharge.Grains.Proxy;

/// <summary>
/// What becomes of a command of another system (OCPP 1.6 §5). A charger has one master: others may at most ask it to charge and
/// to tell, never to change, and never to draw more or less than its site gives it.
/// </summary>
internal static class UpstreamPolicy
{
    private const string Rejected = """{"status":"Rejected"}""";

    private static readonly FrozenSet<string> ForAuthorities =
        new[] { "RemoteStartTransaction", "RemoteStopTransaction", "UnlockConnector", "TriggerMessage", "GetConfiguration" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> ForObservers = new[] { "TriggerMessage", "GetConfiguration" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>How the operations say no: each has a word of its own for it.</summary>
    private static readonly FrozenDictionary<string, string> Refusals = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CancelReservation"] = Rejected,
        ["CertificateSigned"] = Rejected,
        ["ChangeAvailability"] = Rejected,
        ["ChangeConfiguration"] = Rejected,
        ["ClearCache"] = Rejected,
        ["ClearChargingProfile"] = """{"status":"Unknown"}""",
        ["DataTransfer"] = """{"status":"UnknownVendorId"}""",
        ["DeleteCertificate"] = """{"status":"Failed"}""",
        ["ExtendedTriggerMessage"] = Rejected,
        ["GetCompositeSchedule"] = Rejected,
        ["GetDiagnostics"] = "{}",
        ["GetInstalledCertificateIds"] = """{"status":"NotFound"}""",
        ["GetLocalListVersion"] = """{"listVersion":-1}""",
        ["GetLog"] = Rejected,
        ["InstallCertificate"] = Rejected,
        ["RemoteStartTransaction"] = Rejected,
        ["RemoteStopTransaction"] = Rejected,
        ["ReserveNow"] = Rejected,
        ["Reset"] = Rejected,
        ["SendLocalList"] = """{"status":"NotSupported"}""",
        ["SetChargingProfile"] = Rejected,
        ["SignedUpdateFirmware"] = Rejected,
        ["TriggerMessage"] = Rejected,
        ["UnlockConnector"] = """{"status":"NotSupported"}""",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>How many operations there are that somebody could be refused, and some that nobody knows.</summary>
    public static int MostActions => Refusals.Count + 10;

    public static bool Relays(ProxyRole role, string action) => role switch
    {
        ProxyRole.Authority => ForAuthorities.Contains(action),
        ProxyRole.Observer => ForObservers.Contains(action),
        _ => false,
    };

    /// <summary>The answer that refuses a command; null where only an error can, since the answer has no word for it.</summary>
    public static byte[]? Refusal(ProxyRole role, string action) =>
        role != ProxyRole.ReadOnly && Refusals.TryGetValue(action, out var payload) ? Encoding.UTF8.GetBytes(payload) : null;
}
