using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EvCharge.Gateway.Security;

/// <summary>
/// An opaque secret of 256 random bits that names its bearer: access tokens and API keys alike. The prefix tells secret
/// scanners what they found; the database holds only the SHA-256, which needs no salt at this entropy.
/// </summary>
public sealed record BearerSecret(string Id, string Text)
{
    public const string Session = "session";
    public const string Key = "key";

    private const int MaxLength = 128;

    public static BearerSecret Create(string kind)
    {
        var text = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return new BearerSecret(
            RandomNumberGenerator.GetHexString(16, lowercase: true),
            (kind == Session ? "evs_" : "evk_") + text);
    }

    public byte[] Hash() => HashOf(Text);

    /// <summary>False for text that cannot be a secret of ours, whatever its length.</summary>
    public static bool LooksLikeOne(string? text) => text is { Length: > 0 and <= MaxLength };

    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
