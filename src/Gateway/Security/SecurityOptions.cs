namespace EvCharge.Gateway.Security;

/// <summary>Configuration section <c>Security</c>.</summary>
public sealed class SecurityOptions
{
    public const string Section = "Security";

    /// <summary>Where a data folder keeps a generated password.</summary>
    public const string AdminPasswordFileName = "admin-password.txt";

    /// <summary>How long an access token is valid, 1 minute to 30 days. Default 12 h.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How many logins one address may try at once. Default 100.</summary>
    public int LoginBurst { get; set; } = 100;

    /// <summary>How many logins a minute one address may try for long. Default 60.</summary>
    public int LoginsPerMinute { get; set; } = 60;

    /// <summary>
    /// Password of the first administrator, read from <c>EVCHARGE_ADMIN_PASSWORD</c> too. Used only when that user is made.
    /// Default none: one is generated.
    /// </summary>
    public string? AdminPassword { get; set; }

    /// <summary>File that a generated password is written to, mode 600. Default none: it is only printed.</summary>
    public string? AdminPasswordFile { get; set; }

    /// <summary>
    /// Where people reach the console, <c>https://csms.example.com</c>: identity providers send them back there. Default none: the
    /// address that the browser asked.
    /// </summary>
    public string? PublicUrl { get; set; }

    internal bool IsValid() =>
        AccessTokenLifetime >= TimeSpan.FromMinutes(1) && AccessTokenLifetime <= TimeSpan.FromDays(30)
        && LoginBurst is > 0 and <= 100_000 && LoginsPerMinute is > 0 and <= 100_000
        && (PublicUrl is null || (Uri.TryCreate(PublicUrl, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")));
}
