namespace EvCharge.Domain.Authorization;

/// <summary>The answer to a driver's tag: OCPP 1.6 IdTagInfo (§7.28) without the wire's types.</summary>
/// <param name="Status">One of <see cref="AuthorizationStatus"/>.</param>
/// <param name="Expiry">When the tag ends to be valid, or null.</param>
/// <param name="Parent">The tag's group, or null.</param>
/// <param name="Vehicle">Name of the vehicle the tag belongs to, or null. Not sent to the charger.</param>
[GenerateSerializer, Immutable, Alias("evc.TagDecision")]
public sealed record TagDecision(
    [property: Id(0)] string Status,
    [property: Id(1)] DateTimeOffset? Expiry = null,
    [property: Id(2)] string? Parent = null,
    [property: Id(3)] string? Vehicle = null)
{
    /// <summary>What an unknown tag gets.</summary>
    public static readonly TagDecision Invalid = new(AuthorizationStatus.Invalid);

    public bool Accepted => Status == AuthorizationStatus.Accepted;
}
