using EvCharge.Domain.Identity;
using EvCharge.History.Audit;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Configuration;

/// <summary>A page of the console with what it is narrowed to, under a name.</summary>
/// <param name="Owner">Who kept it.</param>
/// <param name="Page">Name of the page.</param>
/// <param name="Search">What its address holds behind the question mark.</param>
/// <param name="Shared">Everybody of the tenant finds it.</param>
public sealed record SavedView(string Owner, string View, string Page, string Name, string Search, bool Shared);

public sealed partial class ConfigurationStore
{
    private const int MostListed = 1_000;

    /// <summary>What somebody kept, and what others kept for all: of one page, or of every page for null, by name.</summary>
    public Task<IReadOnlyList<Versioned<SavedView>>> SavedViews(TenantId tenant, string owner, string? page) =>
        engine.Read<IReadOnlyList<Versioned<SavedView>>>(async tables => (await tables.SavedViews
            .Where(row => row.TenantId == tenant.Value && (row.Owner == owner || row.Shared) && (page == null || row.Page == page))
            .OrderBy(row => row.Name).ThenBy(row => row.Owner).ThenBy(row => row.ViewId)
            .Take(MostListed)
            .ToListAsync())
            .ConvertAll(row => new Versioned<SavedView>(new(row.Owner, row.ViewId, row.Page, row.Name, row.Search, row.Shared), row.RowVersion)));

    /// <param name="most">How many one owner may have: quota exceeded beyond.</param>
    public Task<WriteResult> PutSavedView(TenantId tenant, SavedView view, int most, long? expected) =>
        Change(tenant, PathOfView(view.Owner, view.View), SubjectOfView(tenant, view.Owner, view.View), write =>
        {
            SavedViewRow Row(long version) => new()
            {
                TenantId = tenant.Value,
                Owner = view.Owner,
                ViewId = view.View,
                Page = view.Page,
                Name = view.Name,
                Search = view.Search,
                Shared = view.Shared,
                RowVersion = version,
            };
            var current = VersionOfView(write.Tables, tenant, view.Owner, view.View);
            return current is null && ViewsOf(write.Tables, tenant, view.Owner).Count() >= most
                ? WriteResult.QuotaExceeded
                : write.Put(tenant, current, expected, version => write.Tables.Insert(Row(version)), version => write.Tables.Update(Row(version)));
        });

    public Task<WriteResult> DeleteSavedView(TenantId tenant, string owner, string view, long? expected) =>
        Change(tenant, PathOfView(owner, view), SubjectOfView(tenant, owner, view), write => Versioning.Delete(
            VersionOfView(write.Tables, tenant, owner, view), expected, () => ViewsOf(write.Tables, tenant, owner).Delete(row => row.ViewId == view)));

    private static IQueryable<SavedViewRow> ViewsOf(HistoryTables tables, TenantId tenant, string owner) =>
        tables.SavedViews.Where(row => row.TenantId == tenant.Value && row.Owner == owner);

    private static string PathOfView(string owner, string view) => $"saved-views/{owner}/{view}";

    private static AuditSubject SubjectOfView(TenantId tenant, string owner, string view) =>
        AuditSubject.Of<SavedViewRow>(row => row.TenantId == tenant.Value && row.Owner == owner && row.ViewId == view);

    private static long? VersionOfView(HistoryTables tables, TenantId tenant, string owner, string view) =>
        ViewsOf(tables, tenant, owner).Where(row => row.ViewId == view).Select(row => (long?)row.RowVersion).FirstOrDefault();
}
