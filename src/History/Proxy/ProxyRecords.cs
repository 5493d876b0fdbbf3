using EvCharge.Domain.Identity;
using EvCharge.Domain.Proxy;

namespace EvCharge.History.Proxy;

/// <summary>Another system that a charger is relayed to.</summary>
/// <param name="Url">Where it takes chargers; the identity is appended.</param>
/// <param name="Identity">What the charger is called there.</param>
/// <param name="StopOnDeny">Whether a transaction ends that the system, as an authority, denies after its start.</param>
/// <param name="Password">As <see cref="Secrets.SecretVault"/> protected it; null for none.</param>
public sealed record ProxyLinkConfiguration(ProxyLinkId Id, string Url, string Identity, ProxyRole Role, bool StopOnDeny, byte[]? Password)
{
    /// <summary>Whether the system, as an authority, decides on the tags of the charger.</summary>
    public bool Authorizes { get; init; }

    /// <summary>One of <see cref="Domain.Authorization.AuthorizationDefault"/>: what is answered when it does not decide.</summary>
    public string Fallback { get; init; } = Domain.Authorization.AuthorizationDefault.Tags;

    /// <summary>What the password is protected for.</summary>
    public string SecretPurpose => $"proxy-link/{Id.Charger.Name}/{Id.Name}";
}

/// <summary>A message of a charger for the systems that it is relayed to.</summary>
/// <param name="Payload">UTF-8 JSON as the charger sent it.</param>
/// <param name="Connector">Of a status alone.</param>
/// <param name="Transaction">The number that the charger was given; null for what belongs to no transaction.</param>
public sealed record ProxyMessage(
    ProxyMessageKind Kind, ReadOnlyMemory<byte> Payload, int? Connector, int? Transaction, DateTimeOffset ReceivedAt);

public enum ProxyMessageKind
{
    StartTransaction,
    MeterValues,
    StopTransaction,
    StatusNotification,
}

/// <summary>A message that waits for its turn.</summary>
/// <param name="Number">Raised with each message.</param>
/// <param name="Attempts">How often it was refused.</param>
public sealed record QueuedMessage(long Number, ProxyMessageKind Kind, ReadOnlyMemory<byte> Payload, int? Transaction, int Attempts);

/// <param name="Waiting">Messages that will be sent.</param>
/// <param name="Parked">Messages that were refused too often.</param>
/// <param name="OldestAt">When the oldest that waits was received; null for none.</param>
/// <param name="Problem">Why the newest of the parked was refused; null for none.</param>
public sealed record ProxyBacklog(long Waiting, long Parked, DateTimeOffset? OldestAt, string? Problem);
