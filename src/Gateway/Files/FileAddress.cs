using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using EvCharge.Domain.Identity;
using EvCharge.History.Files;
using Microsoft.Extensions.Options;

namespace EvCharge.Gateway.Files;

/// <summary>
/// Addresses that name a right: <c>/files/{tenant}/{secret}/{name}</c>. Chargers can present nothing else when they fetch and
/// send files. The secret has 256 random bits and belongs to one command; the database holds its hash.
/// </summary>
internal sealed partial class FileAddress(FileStore store, IOptions<ChargerFileOptions> options, TimeProvider time)
{
    private const int SecretBytes = 32;
    private const string Mask = "***";

    /// <summary>True for an operation whose call may carry an address.</summary>
    public static bool IsCarriedBy(string action) => action is "UpdateFirmware" or "GetDiagnostics" or "GetLog" or "SignedUpdateFirmware";

    /// <summary>The text with the secrets of the addresses in it taken out.</summary>
    public static string Masked(string text) => Secret().Replace(text, $"$1{Mask}");

    /// <summary>Gives a charger a new address.</summary>
    /// <param name="fetched">The file to fetch; null when it is to send one.</param>
    /// <returns>The address, and what to store once the command is known.</returns>
    public async Task<(string Url, FileGrant Grant)> Give(ChargerId charger, StoredFile? fetched, HttpRequest request)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var grant = new FileGrant(charger, HashOf(secret), fetched?.Id, null, time.GetUtcNow().AddHours(options.Value.AddressHours));
        await store.Grant(grant);
        var root = options.Value.PublicUrl?.TrimEnd('/') ?? $"{request.Scheme}://{request.Host}";
        return ($"{root}/files/{charger.Tenant}/{secret}/{(fetched is null ? "" : Uri.EscapeDataString(fetched.Name))}", grant);
    }

    /// <summary>The right that an address names; null when there is none, or no more.</summary>
    public async Task<FileGrant?> Read(string tenant, string secret) =>
        TenantId.TryParse(tenant, out var known)
        && secret.Length <= 64
        && await store.FindGrant(known, HashOf(secret)) is { } grant
        && grant.ExpiresAt > time.GetUtcNow()
            ? grant
            : null;

    [GeneratedRegex("(/files/[a-z0-9-]{1,40}/)[A-Za-z0-9_-]{43}")]
    private static partial Regex Secret();

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
