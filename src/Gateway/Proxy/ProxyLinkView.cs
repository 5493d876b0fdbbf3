using EvCharge.Contracts.Proxy;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Proxy;
using EvCharge.Gateway.Api;
using EvCharge.History.Proxy;
using EvCharge.History.Secrets;

namespace EvCharge.Gateway.Proxy;

/// <summary>The links of a charger, by name.</summary>
public sealed record ProxyLinkList(IReadOnlyList<ProxyLinkView> Items);

/// <param name="Messages">How many there were.</param>
public sealed record ProxyMessagesMoved(int Messages);

/// <summary>A link as it is put.</summary>
/// <param name="Url">wss, at most 500 characters; ws for this machine, where the installation permits that. The identity is appended.</param>
/// <param name="Identity">What the charger is called there, 1 to 48 letters, digits or * - _ = : + | @ . ; its name here by default.</param>
/// <param name="Role">
/// readOnly: each of its commands is an error. observer (default): it may read keys and trigger messages. authority: it may start and
/// stop transactions and unlock connectors too.
/// </param>
/// <param name="StopOnDeny">As an authority: a transaction whose tag it does not accept is stopped. True by default.</param>
/// <param name="Authorizes">As an authority: it decides on the tags of the charger. Of one link at most; false by default.</param>
/// <param name="Fallback">accept, reject or tags (default): what a tag is answered when it does not decide within 5 s.</param>
/// <param name="Password">
/// For Basic authentication, at most 200 printable characters, never shown again. Left out, the stored one stays as long as scheme,
/// host, port and identity do; an empty one removes it.
/// </param>
public sealed record ProxyLinkInput(
    string? Url = null, string? Identity = null, string? Role = null, bool? StopOnDeny = null, bool? Authorizes = null, string? Fallback = null,
    string? Password = null)
{
    private const int MaxUrl = 500;
    private const int MaxPassword = 200;
    private static readonly string[] Roles = [.. Enum.GetValues<ProxyRole>().Select(Words.Of)];

    internal ProxyLinkConfiguration Checked(ProxyLinkId id, ProxyLinkConfiguration? stored, SecretVault secrets)
    {
        var uri = Uri.TryCreate(Url, UriKind.Absolute, out var parsed) && IsPlain(parsed) ? parsed : null;
        var identity = Identity ?? id.Charger.Name;
        var moved = stored is not null && uri is not null
            && (identity != stored.Identity
                || Uri.Compare(uri, new Uri(stored.Url), UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) != 0);
        new Checks()
            .That(uri is not null && Url!.Length <= MaxUrl, "url", $"must be wss, without user, query and fragment, at most {MaxUrl} characters")
            .That(ChargerId.TryParse(id.Charger.Tenant, identity, out _), "identity", Ids.ChargerGrammar)
            .OneOf(Role, "role", Roles)
            .That(Authorizes is not true || Role == Words.Of(ProxyRole.Authority), "authorizes", "is for an authority alone")
            .OneOf(Fallback, "fallback", AuthorizationDefault.All)
            .That(Password is null or "" || Ids.IsPrintable(Password, MaxPassword), "password", $"must be at most {MaxPassword} printable characters")
            .That(Password is not null || stored?.Password is null || !moved, "password", "must be given again, since address or identity is another")
            .That(Password is null or "" || secrets.HasKey, "password", "cannot be kept: the installation has no key for secrets")
            .ThrowIfAny();
        var link = new ProxyLinkConfiguration(
            id, uri!.AbsoluteUri, identity, Words.Read<ProxyRole>("role", Role) ?? ProxyRole.Observer, StopOnDeny ?? true, null)
        {
            Authorizes = Authorizes ?? false,
            Fallback = Fallback ?? AuthorizationDefault.Tags,
        };
        return link with
        {
            Password = Password switch
            {
                null => stored?.Password,
                "" => null,
                _ => secrets.Protect(id.Charger.Tenant, link.SecretPurpose, Password),
            },
        };
    }

    /// <summary>Whether its address may be called is found out by the silo that calls it, each time.</summary>
    private static bool IsPlain(Uri uri) =>
        (uri.Scheme == Uri.UriSchemeWss || (uri.Scheme == Uri.UriSchemeWs && uri.IsLoopback))
        && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0;
}

/// <summary>A link, and how it stands. Other members as in <see cref="ProxyLinkInput"/>.</summary>
/// <param name="HasPassword">A password is stored.</param>
/// <param name="State">resting, connecting, booting, open or waiting; null right after a change.</param>
/// <param name="Since">From when on; null when that is not known.</param>
/// <param name="Problem">Why the last connection ended or was not made; null for none.</param>
/// <param name="Queued">Messages that wait to be sent.</param>
/// <param name="OldestQueuedAt">When the oldest of them was received; null for none.</param>
/// <param name="Parked">Messages that the system refused three times.</param>
/// <param name="ParkedProblem">Why the newest of them was refused; null for none.</param>
public sealed record ProxyLinkView(
    string Link,
    string Url,
    string Identity,
    string Role,
    bool StopOnDeny,
    bool Authorizes,
    string Fallback,
    bool HasPassword,
    string? State,
    DateTimeOffset? Since,
    string? Problem,
    long Queued,
    DateTimeOffset? OldestQueuedAt,
    long Parked,
    string? ParkedProblem)
{
    internal static ProxyLinkView Of(ProxyLinkConfiguration link, ProxyLinkSnapshot? snapshot, ProxyBacklog? backlog) => new(
        link.Id.Name, link.Url, link.Identity, Words.Of(link.Role), link.StopOnDeny, link.Authorizes, link.Fallback, link.Password is not null,
        snapshot is null ? null : Words.Of(snapshot.State), snapshot?.Since, snapshot?.Problem,
        backlog?.Waiting ?? 0, backlog?.OldestAt, backlog?.Parked ?? 0, backlog?.Problem);
}
