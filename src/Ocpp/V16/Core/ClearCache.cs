namespace EvCharge.Ocpp.V16.Core;

/// <summary>Empties the charger's authorization cache (OCPP 1.6 §6.11).</summary>
public sealed record ClearCacheRequest;

/// <param name="Status">One of <see cref="ClearCacheStatus"/>.</param>
public sealed record ClearCacheResponse([OneOf(typeof(ClearCacheStatus))] string Status);

/// <summary>Answers to a clearing of the cache (OCPP 1.6 §7.20).</summary>
public static class ClearCacheStatus
{
    public const string Accepted = "Accepted";
    public const string Rejected = "Rejected";
}
