using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Exports;
using EvCharge.Gateway.Security;
using EvCharge.History.Configuration;
using EvCharge.History.Tenants;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EvCharge.Gateway.Tenants;

/// <summary>The tenants of the platform.</summary>
internal static class TenantsApi
{
    private const string List = "tenants";

    public static void MapTenants(this IEndpointRouteBuilder api)
    {
        var tenants = api.MapGroup("/tenants").WithTags("Tenants");
        tenants.MapGet("", Page).RequirePermission(Permission.ManageTenants)
            .WithName("listTenants").WithSummary("Tenants by name");
        tenants.MapGet("/{tenant}", Get).RequirePermission(Permission.ManageTenants)
            .WithName("getTenant").WithSummary("One tenant");
        tenants.MapPut("/{tenant}", Put).RequirePermission(Permission.ManageTenants).Replaces()
            .WithName("putTenant").WithSummary("Create a tenant, or replace its name and quotas");
        tenants.MapPut("/{tenant}/suspension", Suspend).RequirePermission(Permission.ManageTenants)
            .WithName("suspendTenant").WithSummary("Let neither users and programs of a tenant nor its chargers in");
        tenants.MapDelete("/{tenant}/suspension", Resume).RequirePermission(Permission.ManageTenants)
            .WithName("resumeTenant").WithSummary("Let a suspended tenant in again");
        tenants.MapDelete("/{tenant}", Delete).RequirePermission(Permission.ManageTenants)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("deleteTenant").WithSummary("Delete a suspended tenant with all that is kept of it");
        tenants.MapGet("/{tenant}/export.ndjson", Export).RequirePermission(Permission.ManageTenants)
            .Produces<TenantRecord>(StatusCodes.Status200OK, JsonLines.MediaType)
            .WithName("exportTenant").WithSummary("All that is kept of a tenant, as lines of JSON, without secrets");
    }

    private static Task<Page<TenantView>> Page([AsParameters] PageRequest page, ConfigurationStore store) =>
        page.Read(List, store.Tenants, row => row.Value.Tenant.Value, row => TenantView.Of(row.Value));

    private static async Task<Ok<TenantView>> Get(string tenant, HttpContext http, ConfigurationStore store)
    {
        var found = await Find(tenant, store);
        return RowVersions.Answer(http, TenantView.Of(found.Value), found.RowVersion);
    }

    private static async Task<Results<Ok<TenantView>, Created<TenantView>>> Put(
        string tenant,
        TenantInput body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpContext http,
        ConfigurationStore store,
        TenantBook book)
    {
        var configuration = body.Checked(Id(tenant));
        var written = RowVersions.Ensure(await store.PutTenant(configuration, RowVersions.Expected(ifMatch)));
        book.Forget(configuration.Tenant);
        return RowVersions.Put(http, written, TenantView.Of((await Find(tenant, store)).Value));
    }

    private static Task<Ok<TenantView>> Suspend(string tenant, HttpContext http, ConfigurationStore store, TenantBook book) =>
        SetSuspended(tenant, suspended: true, http, store, book);

    private static Task<Ok<TenantView>> Resume(string tenant, HttpContext http, ConfigurationStore store, TenantBook book) =>
        SetSuspended(tenant, suspended: false, http, store, book);

    private static async Task<Ok<TenantView>> SetSuspended(
        string tenant, bool suspended, HttpContext http, ConfigurationStore store, TenantBook book)
    {
        var id = Id(tenant);
        var written = RowVersions.Ensure(await store.SuspendTenant(id, suspended));
        book.Forget(id);
        return RowVersions.Answer(http, TenantView.Of((await Find(tenant, store)).Value), written.RowVersion);
    }

    private static async Task<Accepted<TenantView>> Delete(
        string tenant, [FromHeader(Name = "If-Match")] string? ifMatch, ConfigurationStore store, TenantBook book)
    {
        var id = Id(tenant);
        if (id == TenantId.Default)
        {
            throw ApiFault.Conflict("default-tenant", "The tenant default is the platform's own.");
        }

        var found = await Find(tenant, store);
        if (found.Value.IsActive)
        {
            throw ApiFault.Conflict("not-suspended", "Only a suspended tenant is deleted.");
        }

        RowVersions.Deleted(await store.DeleteTenant(id, RowVersions.Expected(ifMatch)), "tenant");
        book.Forget(id);
        return TypedResults.Accepted((string?)null, TenantView.Of(found.Value with { State = TenantState.Deleting }));
    }

    private static async Task<JsonLines<TenantRecord>> Export(string tenant, ConfigurationStore store, TenantRecords records)
    {
        var found = await Find(tenant, store);
        return new JsonLines<TenantRecord>($"{found.Value.Tenant}-export", records.Export(found.Value.Tenant).Select(TenantSecrets.Masked));
    }

    private static async Task<Versioned<TenantConfiguration>> Find(string tenant, ConfigurationStore store) =>
        await store.Tenant(Id(tenant)) ?? throw ApiFault.NotFound("There is no such tenant.");

    private static TenantId Id(string text) => TenantId.TryParse(text, out var tenant)
        ? tenant
        : throw ApiFault.BadRequest("tenant", "must be 1 to 40 lower-case letters, digits or -");
}

/// <summary>A tenant as it is put.</summary>
/// <param name="Tenant">May repeat the name in the path.</param>
/// <param name="Name">For people, 1 to 200 characters; the tenant's own name by default.</param>
/// <param name="Quotas">What it may use; as much as there is by default.</param>
public sealed record TenantInput(string? Tenant = null, string? Name = null, TenantQuotaView? Quotas = null)
{
    private const int MostChargers = 1_000_000;
    private const int MostCalls = 100_000;
    private const int MostDays = 36_500;

    internal TenantConfiguration Checked(TenantId tenant)
    {
        new Checks()
            .Name(Tenant, tenant.Value, "tenant")
            .Text(Name, "name", 200)
            .Range(Quotas?.Chargers, "quotas.chargers", 0, MostChargers)
            .Range(Quotas?.CallsPerSecond, "quotas.callsPerSecond", 1, MostCalls)
            .Range(Quotas?.HistoryDays, "quotas.historyDays", 1, MostDays)
            .ThrowIfAny();
        return new TenantConfiguration(
            tenant,
            Name ?? tenant.Value,
            TenantState.Active,
            Quotas is null ? TenantQuotas.None : new TenantQuotas(Quotas.Chargers, Quotas.CallsPerSecond, Quotas.HistoryDays));
    }
}

/// <summary>What a tenant may use; null for as much as there is.</summary>
/// <param name="Chargers">How many chargers it may have, 0 to 1,000,000.</param>
/// <param name="CallsPerSecond">REST requests that one gateway serves for long, 1 to 100,000; twice as many at once.</param>
/// <param name="HistoryDays">After how many days what happened is deleted, 1 to 36,500.</param>
public sealed record TenantQuotaView(int? Chargers = null, int? CallsPerSecond = null, int? HistoryDays = null);

/// <summary>A tenant.</summary>
/// <param name="State">active, suspended or deleting.</param>
public sealed record TenantView(string Tenant, string Name, string State, TenantQuotaView Quotas)
{
    internal static TenantView Of(TenantConfiguration tenant) => new(
        tenant.Tenant.Value,
        tenant.Name,
        tenant.State,
        new TenantQuotaView(tenant.Quotas.Chargers, tenant.Quotas.CallsPerSecond, tenant.Quotas.HistoryDays));
}
