using EvCharge.Domain.Identity;
using EvCharge.History.Audit;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Configuration;

public sealed partial class ConfigurationStore
{
    public Task<Versioned<TenantConfiguration>?> Tenant(TenantId tenant) => engine.Read(async tables =>
        await tables.Ask<TenantRow>(ConfigurationQueries.Tenant, ("tenant", tenant.Value)) is [var row] ? Read(row) : null);

    /// <summary>Tenants by name, those after <paramref name="after"/>.</summary>
    public Task<IReadOnlyList<Versioned<TenantConfiguration>>> Tenants(string? after, int limit) =>
        engine.Read<IReadOnlyList<Versioned<TenantConfiguration>>>(async tables =>
        {
            var rows = await tables.Tenants
                .Where(row => row.TenantId.IsAfter(after ?? ""))
                .OrderBy(row => row.TenantId)
                .Take(limit)
                .ToListAsync();
            return rows.ConvertAll(Read);
        });

    /// <summary>Those that are being deleted.</summary>
    public Task<IReadOnlyList<TenantId>> TenantsToErase() => engine.Read<IReadOnlyList<TenantId>>(async tables =>
        (await tables.Tenants.Where(row => row.State == TenantState.Deleting).Select(row => row.TenantId).ToListAsync())
            .ConvertAll(name => new TenantId(name)));

    /// <summary>Puts a tenant, active when it is new; its state stays. One that is being deleted is not found.</summary>
    public Task<WriteResult> PutTenant(TenantConfiguration tenant, long? expected) => Change(tenant.Tenant, $"tenants/{tenant.Tenant}", SubjectOf(tenant.Tenant), write =>
    {
        var current = CurrentTenant(write.Tables, tenant.Tenant);
        if (current?.State == TenantState.Deleting)
        {
            return WriteResult.NotFound;
        }

        TenantRow Row(long version) => new()
        {
            TenantId = tenant.Tenant.Value,
            Name = tenant.Name,
            State = current?.State ?? TenantState.Active,
            MaxChargers = tenant.Quotas.Chargers,
            CallsPerSecond = tenant.Quotas.CallsPerSecond,
            HistoryDays = tenant.Quotas.HistoryDays,
            RowVersion = version,
        };
        return write.Put(
            tenant.Tenant,
            current?.RowVersion,
            expected,
            version => write.Tables.Insert(Row(version)),
            version => write.Tables.Update(Row(version)));
    }, TenantId.Default);

    /// <summary>Suspends a tenant or lets it in again; one that is being deleted is not found.</summary>
    public Task<WriteResult> SuspendTenant(TenantId tenant, bool suspended) => Change(tenant, $"tenants/{tenant}", SubjectOf(tenant), write =>
    {
        if (CurrentTenant(write.Tables, tenant) is not { State: not TenantState.Deleting })
        {
            return WriteResult.NotFound;
        }

        var version = write.NextVersion(tenant);
        write.Tables.Tenants
            .Where(row => row.TenantId == tenant.Value)
            .Set(row => row.State, suspended ? TenantState.Suspended : TenantState.Active)
            .Set(row => row.RowVersion, version)
            .Update();
        return new WriteResult(WriteOutcome.Replaced, version);
    }, TenantId.Default);

    /// <summary>
    /// Marks a tenant as one that is being deleted: from now on it is gone for everybody but for those who erase what is kept
    /// of it. Refused as in use unless it is suspended.
    /// </summary>
    public Task<WriteResult> DeleteTenant(TenantId tenant, long? expected) => Change(tenant, $"tenants/{tenant}", SubjectOf(tenant), write =>
    {
        var current = CurrentTenant(write.Tables, tenant);
        return current?.State == TenantState.Active
            ? WriteResult.InUse
            : Versioning.Delete(current?.RowVersion, expected, () => write.Tables.Tenants
                .Where(row => row.TenantId == tenant.Value)
                .Set(row => row.State, TenantState.Deleting)
                .Update());
    }, TenantId.Default);

    /// <summary>The platform's own tenant keeps record of the others, also of those that are gone.</summary>
    private static AuditSubject SubjectOf(TenantId tenant) => AuditSubject.Of<TenantRow>(row => row.TenantId == tenant.Value);

    private static TenantRow? CurrentTenant(HistoryTables tables, TenantId tenant) =>
        tables.Tenants.FirstOrDefault(row => row.TenantId == tenant.Value);

    private static bool HasRoom(HistoryTables tables, TenantId tenant) =>
        CurrentTenant(tables, tenant)?.MaxChargers is not { } most || tables.Chargers.Count(row => row.TenantId == tenant.Value) < most;

    private static Versioned<TenantConfiguration> Read(TenantRow row) => new(
        new TenantConfiguration(
            new TenantId(row.TenantId), row.Name, row.State, new TenantQuotas(row.MaxChargers, row.CallsPerSecond, row.HistoryDays)),
        row.RowVersion);
}
