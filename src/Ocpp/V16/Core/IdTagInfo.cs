namespace EvCharge.Ocpp.V16.Core;

/// <summary>What the central system says about a tag (OCPP 1.6 §7.27).</summary>
/// <param name="Status">One of <see cref="AuthorizationStatus"/>.</param>
/// <param name="ExpiryDate">When the charger drops the tag from its cache; null for never.</param>
public sealed record IdTagInfo(
    [OneOf(typeof(AuthorizationStatus))] string Status,
    OcppTimestamp? ExpiryDate = null,
    [CiString(20)] string? ParentIdTag = null);

/// <summary>Verdicts on a tag (OCPP 1.6 §7.2).</summary>
public static class AuthorizationStatus
{
    public const string Accepted = "Accepted";
    public const string Blocked = "Blocked";
    public const string Expired = "Expired";
    public const string Invalid = "Invalid";
    public const string ConcurrentTx = "ConcurrentTx";
}
