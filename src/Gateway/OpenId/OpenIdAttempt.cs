using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using EvCharge.Domain.Identity;
using EvCharge.History.Secrets;

namespace EvCharge.Gateway.OpenId;

/// <summary>
/// A sign-in that somebody has begun. The browser keeps it, sealed under the installation's key, so that any gateway can complete it
/// and none has to remember; only the browser that began it can.
/// </summary>
/// <param name="State">Comes back with the answer (RFC 6749 §10.12).</param>
/// <param name="Nonce">Comes back in the ID token (OpenID Connect Core 1.0 §3.1.2.1).</param>
/// <param name="Verifier">Proves that who redeems the code has asked for it (RFC 7636).</param>
/// <param name="To">The page that the person wanted to see.</param>
internal sealed record OpenIdAttempt(string Provider, string State, string Nonce, string Verifier, string To, DateTimeOffset Until)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const int SecretBytes = 32;
    private const int MaxSealed = 3_000;
    private const string Purpose = "openid-attempt";

    public static OpenIdAttempt At(string provider, string to, DateTimeOffset now) =>
        new(provider, Secret(), Secret(), Secret(), to, now + Lifetime);

    /// <summary>What the provider gets to compare the verifier with.</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Verifier)));

    public string Seal(TenantId tenant, SecretVault vault) =>
        Base64Url.EncodeToString(vault.Protect(tenant, Purpose, JsonSerializer.Serialize(this)));

    /// <summary>Null for what was not sealed here for the tenant, or is no text of ours.</summary>
    public static OpenIdAttempt? Open(string? text, TenantId tenant, SecretVault vault)
    {
        if (text is not { Length: > 0 and <= MaxSealed } || !Base64Url.IsValid(text))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<OpenIdAttempt>(vault.Reveal(tenant, Purpose, Base64Url.DecodeFromChars(text)));
        }
        catch (CryptographicException)
        {
            return null; // changed, of another tenant, or under a key that is no more
        }
    }

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
}
