using EvCharge.Domain.Identity;
using LinqToDB;

namespace EvCharge.History.Configuration;

/// <summary>Passwords of chargers that change: the old one holds until the charger comes back with the new one.</summary>
public sealed partial class ConfigurationStore
{
    /// <summary>Keeps the hash of a password that the charger is given, in the place of one before; null takes it back.</summary>
    public Task<WriteResult> PutNextPassword(ChargerId charger, string? hash) => Change(
        charger.Tenant, $"chargers/{charger.Name}", SubjectOf(charger), write =>
    {
        if (VersionOf(write.Tables, charger) is null)
        {
            return WriteResult.NotFound;
        }

        var version = write.NextVersion(charger.Tenant);
        write.Tables.Chargers
            .Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name)
            .Set(row => row.NextPasswordHash, hash)
            .Set(row => row.RowVersion, version)
            .Update();
        return new WriteResult(WriteOutcome.Replaced, version);
    });

    /// <summary>
    /// Makes the next password the charger's: it came back with it. A charger that needed none needs it from now on. A conflict
    /// when another one was given to it meanwhile.
    /// </summary>
    public Task<WriteResult> TakeUpNextPassword(ChargerId charger, string hash) => Change(
        charger.Tenant, $"chargers/{charger.Name}", SubjectOf(charger), write =>
    {
        var version = write.NextVersion(charger.Tenant);
        var taken = write.Tables.Chargers
            .Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name && row.NextPasswordHash == hash)
            .Set(row => row.PasswordHash, hash)
            .Set(row => row.NextPasswordHash, (string?)null)
            .Set(row => row.SecurityProfile, row => row.SecurityProfile == 0 ? 1 : row.SecurityProfile)
            .Set(row => row.RowVersion, version)
            .Update();
        return taken == 1 ? new WriteResult(WriteOutcome.Replaced, version) : WriteResult.Conflict;
    });
}
