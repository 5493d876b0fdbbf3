using System.Security.Cryptography;
using System.Text;
using EvCharge.Domain.Identity;
using EvCharge.History.Configuration;
using EvCharge.History.Secrets;
using OtpNet;

namespace EvCharge.Gateway.Security;

/// <summary>
/// Codes that a user's device computes from a secret and the time (RFC 6238: SHA-1, 6 digits, steps of 30 s, as every
/// authenticator app has them). The step before and the one after count too; no code is accepted twice, on whatever gateway.
/// </summary>
public sealed class SecondFactors(ConfigurationStore store, SecretVault vault, TimeProvider time)
{
    private const int SecretBytes = 20;
    private const int RecoveryCodes = 10;
    private const int RecoveryLength = 16;
    private const int MaxCode = 32;
    private const string Issuer = "EvCharge";

    /// <summary>Letters and digits that are not mistaken for each other, 80 bits in a code.</summary>
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>False in an installation that has no key to keep secrets with.</summary>
    public bool Available => vault.HasKey;

    /// <summary>A secret that holds when a code of it was presented; null when the user has a second factor already.</summary>
    public async Task<(string Secret, string Uri)?> Begin(TenantId tenant, string username)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        var text = Base32Encoding.ToString(secret).TrimEnd('=');
        var factor = new SecondFactorConfiguration(username, vault.Protect(tenant, Purpose(username), text), Confirmed: false, 0, []);
        return await store.BeginSecondFactor(tenant, factor)
            ? (text, $"otpauth://totp/{Issuer}:{Uri.EscapeDataString($"{tenant}/{username}")}?secret={text}&issuer={Issuer}")
            : null;
    }

    /// <summary>Turns it on with its first code.</summary>
    /// <returns>The codes that stand in for it, once each; null when the code does not fit or there is nothing to turn on.</returns>
    public async Task<IReadOnlyList<string>?> Confirm(TenantId tenant, string username, string code)
    {
        if (await store.SecondFactor(tenant, username) is not { Confirmed: false } factor || StepOf(tenant, factor, code) is not { } step)
        {
            return null;
        }

        string[] recovery = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString(Alphabet, RecoveryLength))];
        return await store.UseStep(tenant, username, step, [.. recovery.Select(HashOf)]) ? recovery : null;
    }

    /// <summary>True for a code that fits, and for a user without a second factor. A code is used up by it.</summary>
    /// <param name="code">Six digits or a recovery code; null for none.</param>
    public async Task<bool> Accept(TenantId tenant, string username, string? code)
    {
        if (await store.SecondFactor(tenant, username) is not { Confirmed: true } factor)
        {
            return true;
        }

        if (code is null or { Length: > MaxCode })
        {
            return false;
        }

        return StepOf(tenant, factor, code) is { } step
            ? await store.UseStep(tenant, username, step)
            : await store.UseRecovery(tenant, username, HashOf(code));
    }

    private long? StepOf(TenantId tenant, SecondFactorConfiguration factor, string code)
    {
        var secret = Base32Encoding.ToBytes(vault.Reveal(tenant, Purpose(factor.Username), factor.Secret));
        return new Totp(secret).VerifyTotp(time.GetUtcNow().UtcDateTime, code, out var step, VerificationWindow.RfcSpecifiedNetworkDelay) ? step : null;
    }

    private static string Purpose(string username) => $"second-factor/{username}";

    private static string HashOf(string recovery) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(recovery)));
}
