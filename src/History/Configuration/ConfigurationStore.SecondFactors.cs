using EvCharge.Domain.Identity;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Configuration;

/// <summary>The second factor of a user (RFC 6238).</summary>
/// <param name="Secret">As <see cref="Secrets.SecretVault"/> protected it.</param>
/// <param name="Confirmed">A code of it was presented: from then on it is asked for.</param>
/// <param name="LastStep">The time step of the last code that was accepted; no code is accepted twice.</param>
/// <param name="RecoveryHashes">SHA-256, as hexadecimal text, of the codes that stand in once each.</param>
public sealed record SecondFactorConfiguration(
    string Username, byte[] Secret, bool Confirmed, long LastStep, IReadOnlyList<string> RecoveryHashes);

public sealed partial class ConfigurationStore
{
    /// <summary>Stands between the hashes of recovery codes, and between names of proxy links.</summary>
    private const char Between = ' ';

    public Task<SecondFactorConfiguration?> SecondFactor(TenantId tenant, string username) => engine.Read(async tables =>
        await tables.SecondFactors.FirstOrDefaultAsync(row => row.TenantId == tenant.Value && row.Username == username) is { } row ? Read(row) : null);

    /// <summary>Stores a second factor in the place of one that was never confirmed; false when there is a confirmed one.</summary>
    public Task<bool> BeginSecondFactor(TenantId tenant, SecondFactorConfiguration factor) => engine.Write(write =>
    {
        write.Alone(tenant, "configuration");
        if (Find(write.Tables, tenant, factor.Username) is { Confirmed: true })
        {
            return false;
        }

        write.Tables.SecondFactors.Delete(row => row.TenantId == tenant.Value && row.Username == factor.Username);
        write.Tables.Insert(RowOf(tenant, factor));
        return true;
    });

    /// <summary>Takes a code of a time step: false when one of that step or a later one was taken before.</summary>
    /// <param name="recoveryHashes">Stored with the first code, which confirms the factor; null leaves those that are there.</param>
    public Task<bool> UseStep(TenantId tenant, string username, long step, IReadOnlyList<string>? recoveryHashes = null) => engine.Write(write =>
    {
        write.Alone(tenant, "configuration");
        if (Find(write.Tables, tenant, username) is not { } factor || factor.LastStep >= step)
        {
            return false;
        }

        write.Tables.Update(RowOf(tenant, factor with
        {
            LastStep = step,
            Confirmed = factor.Confirmed || recoveryHashes is not null,
            RecoveryHashes = recoveryHashes ?? factor.RecoveryHashes,
        }));
        return true;
    });

    /// <summary>Takes a recovery code: false when there is none with that hash, or no more.</summary>
    public Task<bool> UseRecovery(TenantId tenant, string username, string hash) => engine.Write(write =>
    {
        write.Alone(tenant, "configuration");
        if (Find(write.Tables, tenant, username) is not { Confirmed: true } factor || !factor.RecoveryHashes.Contains(hash))
        {
            return false;
        }

        write.Tables.Update(RowOf(tenant, factor with { RecoveryHashes = [.. factor.RecoveryHashes.Where(other => other != hash)] }));
        return true;
    });

    public Task<bool> DeleteSecondFactor(TenantId tenant, string username) => engine.Write(write =>
        write.Tables.SecondFactors.Delete(row => row.TenantId == tenant.Value && row.Username == username) == 1);

    private static SecondFactorConfiguration? Find(HistoryTables tables, TenantId tenant, string username) =>
        tables.SecondFactors.FirstOrDefault(row => row.TenantId == tenant.Value && row.Username == username) is { } row ? Read(row) : null;

    private static SecondFactorConfiguration Read(SecondFactorRow row) => new(
        row.Username, row.Secret, row.Confirmed, row.LastStep, row.RecoveryHashes.Split(Between, StringSplitOptions.RemoveEmptyEntries));

    private static SecondFactorRow RowOf(TenantId tenant, SecondFactorConfiguration factor) => new()
    {
        TenantId = tenant.Value,
        Username = factor.Username,
        Secret = factor.Secret,
        Confirmed = factor.Confirmed,
        LastStep = factor.LastStep,
        RecoveryHashes = string.Join(Between, factor.RecoveryHashes),
    };
}
