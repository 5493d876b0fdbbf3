namespace EvCharge.Domain.LocalLists;

/// <summary>How a charger answers an update of its local list (OCPP 1.6 §7.47) or a ClearCache (§7.20).</summary>
public static class LocalListOutcome
{
    public const string Accepted = "Accepted";

    /// <summary>Also for an update that was answered with an error.</summary>
    public const string Failed = "Failed";

    public const string NotSupported = "NotSupported";

    public const string VersionMismatch = "VersionMismatch";
}
