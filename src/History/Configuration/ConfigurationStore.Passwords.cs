using EvCharge.Domain.Identity;
using EvCharge.History.Tables;
using LinqToDB;

namespace EvCharge.History.Configuration;

/// <summary>
/// Passwords of chargers that change: the old one holds until the charger comes back with a new one. Several may be under way at
/// once, and which of them a charger took last is known only when it comes.
/// </summary>
public sealed partial class ConfigurationStore
{
    /// <summary>How many may be under way: each costs a wrong password a slow hash more.</summary>
    public const int MostNextPasswords = 4;

    /// <summary>Stands between the hashes of passwords, which hold none.</summary>
    private const char BetweenHashes = ' ';

    /// <summary>Keeps the hash of a password that the charger is to be given; in use when too many are under way.</summary>
    public Task<WriteResult> AddNextPassword(ChargerId charger, string hash) => ChangeNext(charger, (row, next) =>
        next.Count < MostNextPasswords ? row with { NextPasswordHashes = Joined([.. next, hash]) } : null);

    /// <summary>Forgets a password that the charger did not take.</summary>
    public Task<WriteResult> DropNextPassword(ChargerId charger, string hash) => ChangeNext(charger, (row, next) =>
        next.Contains(hash) ? row with { NextPasswordHashes = Joined([.. next.Where(other => other != hash)]) } : null);

    /// <summary>
    /// Makes a password the charger's that it came back with; those that it was given before are void, and those after it are
    /// still under way. A charger that needed none needs it from now on. In use when the password is none of those.
    /// </summary>
    public Task<WriteResult> TakeUpNextPassword(ChargerId charger, string hash) => ChangeNext(charger, (row, next) =>
        next.Contains(hash)
            ? row with
            {
                PasswordHash = hash,
                NextPasswordHashes = Joined([.. next.SkipWhile(other => other != hash).Skip(1)]),
                SecurityProfile = Math.Max(1, row.SecurityProfile),
            }
            : null);

    internal static IReadOnlyList<string> NextPasswords(ChargerRow row) =>
        row.NextPasswordHashes?.Split(BetweenHashes, StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string? Joined(IReadOnlyList<string> hashes) => hashes.Count == 0 ? null : string.Join(BetweenHashes, hashes);

    /// <param name="change">The row after it; null when it does not fit.</param>
    private Task<WriteResult> ChangeNext(ChargerId charger, Func<ChargerRow, IReadOnlyList<string>, ChargerRow?> change) =>
        ChangeCharger(charger, row => change(row, NextPasswords(row)));

    /// <param name="change">The row after it; null when it does not fit.</param>
    private Task<WriteResult> ChangeCharger(ChargerId charger, Func<ChargerRow, ChargerRow?> change) => Change(
        charger.Tenant, $"chargers/{charger.Name}", SubjectOf(charger), write =>
    {
        var row = write.Tables.Chargers.FirstOrDefault(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name);
        if (row is null)
        {
            return WriteResult.NotFound;
        }

        if (change(row) is not { } changed)
        {
            return WriteResult.InUse;
        }

        var version = write.NextVersion(charger.Tenant);
        write.Tables.Update(changed with { RowVersion = version });
        return new WriteResult(WriteOutcome.Replaced, version);
    });
}
