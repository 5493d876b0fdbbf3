namespace EvCharge.Gateway.OpenId;

/// <summary>A sign-in by an identity provider that leads nowhere. The person is told a word; the log is told why.</summary>
internal sealed class OpenIdRefusal(string word, string why, Exception? cause = null) : Exception(why, cause)
{
    /// <summary>The provider, or what it needs, does not answer as it should.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The provider did not let the person in, or the person turned back.</summary>
    public const string Refused = "refused";

    /// <summary>It was not begun by this browser, or too long ago.</summary>
    public const string Stale = "stale";

    /// <summary>What the provider says of the person cannot be trusted.</summary>
    public const string Invalid = "invalid";

    /// <summary>The tenant has no such provider, or uses it no more.</summary>
    public const string Unknown = "unknown";

    /// <summary>No role is given to the person.</summary>
    public const string NoRole = "no-role";

    /// <summary>The provider names the person in a way that no user can be named.</summary>
    public const string Name = "name";

    /// <summary>Another user has the name.</summary>
    public const string NameTaken = "name-taken";

    /// <summary>The user may not sign in, or not in this way.</summary>
    public const string Disabled = "disabled";

    public const string Suspended = "suspended";

    public string Word { get; } = word;
}
