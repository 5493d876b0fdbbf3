using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.History.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EvCharge.Gateway.Documents;

/// <summary>Brings what stands to what a document says, and tells those that own what changed.</summary>
/// <param name="read">What stands, within the document's reach.</param>
internal sealed class DocumentAct(TenantId tenant, ConfigurationStore store, Owners owners, Func<Task<StandingConfiguration>> read)
{
    /// <param name="attempts">How often it is tried where nobody says what must stand.</param>
    /// <exception cref="ApiFault">412 when something else stands than the caller or the plan expected; 409 over the quota.</exception>
    public async Task<Ok<ConfigurationDifference>> Take(
        ConfigurationDocument wanted, HttpContext http, string? ifMatch, bool dryRun, int attempts)
    {
        while (true)
        {
            var standing = await read();
            if (ifMatch is not null && ifMatch != $"\"{standing.Version()}\"")
            {
                throw ApiFault.PreconditionFailed();
            }

            var plan = new DocumentPlan(tenant, wanted, standing);
            if (dryRun || plan.Edits.Count == 0)
            {
                http.Response.Headers.ETag = $"\"{standing.Version()}\"";
                return TypedResults.Ok(plan.Difference(applied: !dryRun));
            }

            var (outcome, refused) = await store.Apply(tenant, plan.Edits);
            switch (outcome)
            {
                case WriteOutcome.Replaced:
                    await Tell(plan.Edits, standing);
                    http.Response.Headers.ETag = $"\"{(await read()).Version()}\"";
                    return TypedResults.Ok(plan.Difference(applied: true));
                case WriteOutcome.QuotaExceeded:
                    throw ApiFault.Conflict("quota", "The tenant has as many chargers as it may.");
                case WriteOutcome.InUse or WriteOutcome.MissingReference when attempts == 1:
                    throw ApiFault.Conflict("in-use", $"{refused} is used by something that was configured meanwhile.");
                default:
                    if (ifMatch is not null || --attempts == 0)
                    {
                        throw ApiFault.PreconditionFailed();
                    }

                    break;
            }
        }
    }

    private async Task Tell(ConfigurationEdits edits, StandingConfiguration standing)
    {
        var sites = edits.Sites.Where(edit => edit.Value is not null).Select(edit => new SiteId(tenant, edit.Id)).ToHashSet();
        foreach (var edit in edits.Chargers)
        {
            sites.UnionWith(new[] { standing.Chargers.GetValueOrDefault(new DocumentName(edit.Id))?.Value, edit.Value }
                .OfType<ChargerConfiguration>()
                .Select(charger => charger.Site is null ? SiteId.None(tenant) : new SiteId(tenant, charger.Site)));
            await owners.ChargerChanged(new ChargerId(tenant, edit.Id));
        }

        foreach (var site in sites)
        {
            await owners.SiteChanged(site);
        }
    }
}
