using System.Text.Json;
using System.Text.Json.Serialization;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Models;
using EvCharge.History.Audit;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Configuration;

/// <summary>How chargers take limits, kept once for many: by a tenant for all of its sites, or by a site, which then has its own.</summary>
/// <param name="Scope">The site; <see cref="SiteId.None"/> for a mode of the tenant.</param>
/// <param name="Mode">Its id, which the <c>operatingMode</c> of chargers names.</param>
/// <param name="Name">For people.</param>
public sealed record OperatingModeConfiguration(SiteId Scope, string Mode, string Name, ChargingMode Content);

public sealed partial class ConfigurationStore
{
    /// <summary>That a site, or a tenant itself, may have.</summary>
    public const int MostOperatingModes = 200;

    private static readonly JsonSerializerOptions ModeText = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public Task<Versioned<OperatingModeConfiguration>?> OperatingMode(SiteId scope, string mode) => engine.Read(async tables =>
        await ModesOf(tables, scope).FirstOrDefaultAsync(row => row.ModeId == mode) is { } row ? Read(scope.Tenant, row) : null);

    /// <summary>The mode that holds at a site, or at none, under a name: the site's own, or else the tenant's.</summary>
    public Task<OperatingModeConfiguration?> OperatingModeAt(SiteId site, string mode) => engine.Read(async tables =>
        await Holding(tables, site).Where(row => row.ModeId == mode).OrderByDescending(row => row.SiteId).FirstOrDefaultAsync() is { } row
            ? Read(site.Tenant, row).Value
            : null);

    /// <summary>All modes of a site or of a tenant itself, by id.</summary>
    public Task<IReadOnlyList<Versioned<OperatingModeConfiguration>>> OperatingModes(SiteId scope) =>
        engine.Read<IReadOnlyList<Versioned<OperatingModeConfiguration>>>(async tables =>
            (await ModesOf(tables, scope).OrderBy(row => row.ModeId).ToListAsync()).ConvertAll(row => Read(scope.Tenant, row)));

    /// <summary>All modes of a tenant, its own before those of its sites.</summary>
    public Task<IReadOnlyList<Versioned<OperatingModeConfiguration>>> OperatingModes(TenantId tenant) =>
        engine.Read<IReadOnlyList<Versioned<OperatingModeConfiguration>>>(async tables => (await tables.OperatingModes
            .Where(row => row.TenantId == tenant.Value)
            .OrderBy(row => row.SiteId).ThenBy(row => row.ModeId)
            .ToListAsync())
            .ConvertAll(row => Read(tenant, row)));

    /// <summary>A site of a mode must exist.</summary>
    /// <param name="most">How many the site, or the tenant itself, may have: quota exceeded beyond.</param>
    public Task<WriteResult> PutOperatingMode(OperatingModeConfiguration mode, int most, long? expected) =>
        Change(mode.Scope.Tenant, Putting(mode, most, expected));

    /// <summary>In use while a charger names it that would then have no mode of that name.</summary>
    public Task<WriteResult> DeleteOperatingMode(SiteId scope, string mode, long? expected) =>
        Change(scope.Tenant, DeletingMode(scope, mode, expected));

    private static Step Putting(OperatingModeConfiguration mode, int most, long? expected) =>
        new(PathOf(mode.Scope, mode.Mode), SubjectOfMode(mode.Scope, mode.Mode), write =>
        {
            OperatingModeRow Row(long version) => new()
            {
                TenantId = mode.Scope.Tenant.Value,
                SiteId = mode.Scope.Name,
                ModeId = mode.Mode,
                Name = mode.Name,
                Content = JsonSerializer.Serialize(mode.Content, ModeText),
                RowVersion = version,
            };
            if (!mode.Scope.IsNone && VersionOf(write.Tables, mode.Scope) is null)
            {
                return WriteResult.MissingReference;
            }

            var current = VersionOfMode(write.Tables, mode.Scope, mode.Mode);
            if (current is null && ModesOf(write.Tables, mode.Scope).Count() >= most)
            {
                return WriteResult.QuotaExceeded;
            }

            return write.Put(
                mode.Scope.Tenant, current, expected, version => write.Tables.Insert(Row(version)), version => write.Tables.Update(Row(version)));
        });

    private static Step DeletingMode(SiteId scope, string mode, long? expected) =>
        new(PathOf(scope, mode), SubjectOfMode(scope, mode), write => IsNeeded(write.Tables, scope, mode)
            ? WriteResult.InUse
            : Versioning.Delete(
                VersionOfMode(write.Tables, scope, mode), expected, () => ModesOf(write.Tables, scope).Delete(row => row.ModeId == mode)));

    private static bool IsNeeded(HistoryTables tables, SiteId scope, string mode)
    {
        var tenant = scope.Tenant.Value;
        if (!scope.IsNone && VersionOfMode(tables, SiteId.None(scope.Tenant), mode) is not null)
        {
            return false; // the tenant's takes its place
        }

        var named = $"\"operatingMode\":\"{mode}\"";
        var chargers = tables.Chargers.Where(row => row.TenantId == tenant && row.Parameters!.Contains(named));
        return scope.IsNone
            ? chargers.Any(row => !tables.OperatingModes.Any(other => other.TenantId == tenant && other.ModeId == mode && other.SiteId == row.SiteId))
            : chargers.Any(row => row.SiteId == scope.Name);
    }

    private static IQueryable<OperatingModeRow> ModesOf(HistoryTables tables, SiteId scope) =>
        tables.OperatingModes.Where(row => row.TenantId == scope.Tenant.Value && row.SiteId == scope.Name);

    private static IQueryable<OperatingModeRow> Holding(HistoryTables tables, SiteId site) =>
        tables.OperatingModes.Where(row => row.TenantId == site.Tenant.Value && (row.SiteId == site.Name || row.SiteId == ""));

    private static string PathOf(SiteId scope, string mode) =>
        scope.IsNone ? $"operating-modes/{mode}" : $"sites/{scope.Name}/operating-modes/{mode}";

    private static AuditSubject SubjectOfMode(SiteId scope, string mode) => AuditSubject.Of<OperatingModeRow>(
        row => row.TenantId == scope.Tenant.Value && row.SiteId == scope.Name && row.ModeId == mode);

    private static long? VersionOfMode(HistoryTables tables, SiteId scope, string mode) =>
        ModesOf(tables, scope).Where(row => row.ModeId == mode).Select(row => (long?)row.RowVersion).FirstOrDefault();

    private static Versioned<OperatingModeConfiguration> Read(TenantId tenant, OperatingModeRow row) => new(
        new OperatingModeConfiguration(
            new SiteId(tenant, row.SiteId),
            row.ModeId,
            row.Name,
            JsonSerializer.Deserialize<ChargingMode>(row.Content, ModeText) ?? throw new JsonException("An operating mode on record is null.")),
        row.RowVersion);
}
