using System.Security.Cryptography;
using System.Text;
using EvCharge.Domain.Identity;
using Microsoft.Extensions.Options;

namespace EvCharge.History.Secrets;

/// <summary>
/// Keeps secrets of tenants unreadable in the database: AES-256-GCM under the installation's key. What was protected for one
/// tenant and purpose can be revealed for no other.
/// </summary>
public sealed class SecretVault(IOptions<SecretsOptions> options)
{
    private const byte Format = 1;
    private const int KeyBytes = 32;
    private static readonly int Nonce = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int Tag = AesGcm.TagByteSizes.MaxSize;
    private readonly Lazy<byte[]?> _key = new(() => Read(options.Value));

    /// <summary>False in an installation without a key.</summary>
    public bool HasKey => _key.Value is not null;

    /// <param name="purpose">What the secret is for and of.</param>
    public byte[] Protect(TenantId tenant, string purpose, string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var kept = new byte[1 + Nonce + Tag + plain.Length];
        kept[0] = Format;
        RandomNumberGenerator.Fill(kept.AsSpan(1, Nonce));
        using var cipher = Cipher();
        cipher.Encrypt(kept.AsSpan(1, Nonce), plain, kept.AsSpan(1 + Nonce + Tag), kept.AsSpan(1 + Nonce, Tag), Bound(tenant, purpose));
        return kept;
    }

    /// <exception cref="CryptographicException">It was protected under another key, for something else, or changed.</exception>
    public string Reveal(TenantId tenant, string purpose, byte[] kept)
    {
        if (kept.Length < 1 + Nonce + Tag || kept[0] != Format)
        {
            throw new CryptographicException("What is kept is no secret of this format.");
        }

        var plain = new byte[kept.Length - 1 - Nonce - Tag];
        using var cipher = Cipher();
        cipher.Decrypt(kept.AsSpan(1, Nonce), kept.AsSpan(1 + Nonce + Tag), kept.AsSpan(1 + Nonce, Tag), plain, Bound(tenant, purpose));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>True for no key, or one that can be used.</summary>
    internal static bool IsUsable(SecretsOptions options) => options switch
    {
        { Key: { } key } => Convert.TryFromBase64String(key, new byte[KeyBytes], out var length) && length == KeyBytes,
        { KeyFile: { } file } => File.Exists(file),
        _ => true,
    };

    private static byte[]? Read(SecretsOptions options)
    {
        var text = options.Key ?? (options.KeyFile is null ? null : File.ReadAllText(options.KeyFile).Trim());
        if (text is null)
        {
            return null;
        }

        var key = Convert.FromBase64String(text);
        return key.Length == KeyBytes ? key : throw new CryptographicException($"The key for secrets must have {KeyBytes} bytes.");
    }

    private static byte[] Bound(TenantId tenant, string purpose) => Encoding.UTF8.GetBytes($"{tenant}\n{purpose}");

    private AesGcm Cipher() => new(_key.Value ?? throw new CryptographicException("This installation has no key for secrets."), Tag);
}
