using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Security;

/// <summary>Salted PBKDF2 hashes of passwords (HMAC-SHA512, 210,000 rounds as OWASP advises for it).</summary>
public static class PasswordHash
{
    private static readonly PasswordHasher<object> Hasher =
        new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));

    /// <summary>The hash of a user who has no password.</summary>
    public const string None = "";

    private static readonly object NoUser = new();

    /// <summary>Compared against when there is nothing to compare with, so that an unknown name takes as long as a known one.</summary>
    private static readonly string Decoy = Of("decoy");

    public static string Of(string password) => Hasher.HashPassword(NoUser, password);

    /// <summary>False for a null <paramref name="hash"/> and for none, after the same time as for a wrong password.</summary>
    public static bool Verify(string? hash, string password)
    {
        var isThere = !string.IsNullOrEmpty(hash);
        var matches = Hasher.VerifyHashedPassword(NoUser, isThere ? hash! : Decoy, password) != PasswordVerificationResult.Failed;
        return matches && isThere;
    }
}
