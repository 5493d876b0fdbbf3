using EvCharge.Domain.Alarms;
using EvCharge.Domain.Identity;
using EvCharge.History.Audit;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Configuration;

public sealed partial class ConfigurationStore
{
    public Task<Versioned<UserConfiguration>?> User(TenantId tenant, string username) => engine.Read(async tables =>
        Read(await tables.Users.FirstOrDefaultAsync(row => row.TenantId == tenant.Value && row.Username == username)));

    /// <summary>Users by name, those after <paramref name="after"/>.</summary>
    public Task<IReadOnlyList<Versioned<UserConfiguration>>> Users(TenantId tenant, string? after, int limit) =>
        engine.Read<IReadOnlyList<Versioned<UserConfiguration>>>(async tables =>
        {
            var rows = await tables.Users
                .Where(row => row.TenantId == tenant.Value && row.Username.IsAfter(after ?? ""))
                .OrderBy(row => row.Username)
                .Take(limit)
                .ToListAsync();
            return [.. rows.Select(row => Read(row)!)];
        });

    /// <summary>Missing reference where there is no such provider; in use where somebody else is known by the identity.</summary>
    public Task<WriteResult> PutUser(TenantId tenant, UserConfiguration user, long? expected) => Change(tenant, $"users/{user.Username}", UserOf(tenant, user.Username), write =>
    {
        UserAccountRow Row(long version) => new()
        {
            TenantId = tenant.Value,
            Username = user.Username,
            PasswordHash = user.PasswordHash,
            Role = user.Role,
            PlatformAdministrator = user.PlatformAdministrator,
            Disabled = user.Disabled,
            Language = user.Preferences.Language,
            TimeZone = user.Preferences.TimeZone,
            PowerUnit = user.Preferences.PowerUnit,
            ProviderId = user.Identity?.Provider,
            Subject = user.Identity?.Subject,
            Sites = TextOf(user.Sites),
            AlarmsDisplay = user.Alarms?.Display.Bits,
            AlarmsAcknowledge = user.Alarms?.Acknowledge.Bits,
            AlarmsMask = user.Alarms?.Mask.Bits,
            AlarmsMaintenance = user.Alarms?.Maintenance.Bits,
            RowVersion = version,
        };
        if (user.Identity is { } identity && Refuse(write.Tables, tenant, user.Username, identity) is { } refusal)
        {
            return refusal;
        }

        return write.Put(
            tenant,
            VersionOfUser(write.Tables, tenant, user.Username),
            expected,
            version => write.Tables.Insert(Row(version)),
            version => write.Tables.Update(Row(version)));
    });

    /// <summary>Changes how a user wants to be shown things, and nothing else of the user.</summary>
    public Task<WriteResult> PutPreferences(TenantId tenant, string username, UserPreferences preferences) => Change(
        tenant, $"users/{username}", UserOf(tenant, username), write =>
    {
        if (write.Tables.Users.FirstOrDefault(row => row.TenantId == tenant.Value && row.Username == username) is not { } row)
        {
            return WriteResult.NotFound;
        }

        var version = write.NextVersion(tenant);
        write.Tables.Update(row with
        {
            Language = preferences.Language, TimeZone = preferences.TimeZone, PowerUnit = preferences.PowerUnit, RowVersion = version,
        });
        return new WriteResult(WriteOutcome.Replaced, version);
    });

    public Task<WriteResult> DeleteUser(TenantId tenant, string username, long? expected) => Change(tenant, $"users/{username}", UserOf(tenant, username), write =>
        Versioning.Delete(
            VersionOfUser(write.Tables, tenant, username),
            expected,
            () =>
            {
                write.Tables.Users.Delete(row => row.TenantId == tenant.Value && row.Username == username);
                write.Tables.SecondFactors.Delete(row => row.TenantId == tenant.Value && row.Username == username);
                write.Tables.SavedViews.Delete(row => row.TenantId == tenant.Value && row.Owner == username && !row.Shared);
            }));

    private static AlarmRights? AlarmsOf(UserAccountRow row) =>
        row is { AlarmsDisplay: { } display, AlarmsAcknowledge: { } acknowledge, AlarmsMask: { } mask, AlarmsMaintenance: { } maintenance }
            ? new AlarmRights(new(display), new(acknowledge), new(mask), new(maintenance))
            : null;

    private static AuditSubject UserOf(TenantId tenant, string username) =>
        AuditSubject.Of<UserAccountRow>(row => row.TenantId == tenant.Value && row.Username == username);

    private static WriteResult? Refuse(HistoryTables tables, TenantId tenant, string username, OutsideIdentity identity) =>
        !tables.IdentityProviders.Any(row => row.TenantId == tenant.Value && row.ProviderId == identity.Provider) ? WriteResult.MissingReference
        : tables.Users.Any(row =>
            row.TenantId == tenant.Value && row.ProviderId == identity.Provider && row.Subject == identity.Subject && row.Username != username)
            ? WriteResult.InUse
            : null;

    private static long? VersionOfUser(HistoryTables tables, TenantId tenant, string username) => tables.Users
        .Where(row => row.TenantId == tenant.Value && row.Username == username)
        .Select(row => (long?)row.RowVersion)
        .FirstOrDefault();

    private static Versioned<UserConfiguration>? Read(UserAccountRow? row) => row is null ? null : new Versioned<UserConfiguration>(
        new UserConfiguration(row.Username, row.PasswordHash, row.Role, row.PlatformAdministrator, row.Disabled)
        {
            Preferences = new UserPreferences(row.Language, row.TimeZone, row.PowerUnit),
            Sites = NamesOf(row.Sites),
            Alarms = AlarmsOf(row),
            Identity = row is { ProviderId: { } provider, Subject: { } subject } ? new OutsideIdentity(provider, subject) : null,
        },
        row.RowVersion);
}
