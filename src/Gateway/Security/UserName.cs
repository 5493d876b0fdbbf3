using System.Text.RegularExpressions;
using EvCharge.Domain.Identity;

namespace EvCharge.Gateway.Security;

/// <summary>The grammar of user names, and of the names people sign in with: <c>user</c> or <c>tenant/user</c>.</summary>
public static partial class UserName
{
    public const string Rule = "1 to 80 letters, digits or . _ @ + -";

    public static bool IsValid(string? name) => name is not null && Grammar().IsMatch(name);

    /// <summary>False for text that can name no user of any tenant.</summary>
    public static bool TryParseLogin(string? login, out TenantId tenant, out string user)
    {
        var slash = login?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        tenant = TenantId.Default;
        user = login?[(slash + 1)..] ?? "";
        return IsValid(user) && (slash < 0 || TenantId.TryParse(login![..slash], out tenant));
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._@+-]{1,80}\z")]
    private static partial Regex Grammar();
}
