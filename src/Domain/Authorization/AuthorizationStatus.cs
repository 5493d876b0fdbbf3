namespace EvCharge.Domain.Authorization;

/// <summary>The words with which a tag is answered (OCPP 1.6 §7.2 AuthorizationStatus).</summary>
public static class AuthorizationStatus
{
    public const string Accepted = "Accepted";

    /// <summary>The tag may not charge.</summary>
    public const string Blocked = "Blocked";

    /// <summary>The tag's time is over.</summary>
    public const string Expired = "Expired";

    /// <summary>The tag is not known, or not here.</summary>
    public const string Invalid = "Invalid";

    /// <summary>The tag charges elsewhere and may not do so twice.</summary>
    public const string ConcurrentTx = "ConcurrentTx";

    public static readonly IReadOnlyList<string> All = [Accepted, Blocked, Expired, Invalid, ConcurrentTx];

    /// <summary>What can be configured: that a tag charges elsewhere is a fact and not a setting.</summary>
    public static readonly IReadOnlyList<string> Configurable = [Accepted, Blocked, Expired, Invalid];
}
