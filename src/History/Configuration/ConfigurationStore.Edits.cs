using EvCharge.Domain.Identity;
using EvCharge.History.Audit;

namespace EvCharge.History.Configuration;

public sealed partial class ConfigurationStore
{
    /// <summary>
    /// Makes many changes in one transaction, or none of them when one thing is not as expected. The audit log has an entry
    /// for each. What is deleted makes room for what is new, a mode goes when no charger names it any more, and a site goes last.
    /// </summary>
    /// <returns><see cref="WriteOutcome.Replaced"/>, or what the first change that was refused came to.</returns>
    public async Task<EditsResult> Apply(TenantId tenant, ConfigurationEdits edits)
    {
        var (scope, at) = (AuditScope.Current, time.GetUtcNow());
        var steps = StepsOf(tenant, edits, at).ToList();
        try
        {
            return await engine.Write(
                write =>
                {
                    write.Alone(tenant, "configuration");
                    foreach (var step in steps)
                    {
                        var outcome = Take(step, write, tenant, at, scope).Outcome;
                        if (outcome is not (WriteOutcome.Created or WriteOutcome.Replaced or WriteOutcome.Deleted))
                        {
                            throw new EditRefused(new EditsResult(outcome, step.Target));
                        }
                    }

                    return new EditsResult(WriteOutcome.Replaced, null);
                },
                rows: steps.Count);
        }
        catch (EditRefused refused)
        {
            scope?.IsRecorded = false;
            return refused.Result;
        }
    }

    private static IEnumerable<Step> StepsOf(TenantId tenant, ConfigurationEdits edits, DateTimeOffset now) =>
    [
        .. edits.Chargers.Where(edit => edit.Value is null)
            .Select(edit => Deleting(new ChargerId(tenant, edit.Id), edit.Version, now)),
        .. edits.Sites.Where(edit => edit.Value is not null).Select(edit => Putting(tenant, edit.Value!, edit.Version)),
        .. edits.OperatingModes.Where(edit => edit.Value is not null).Select(edit => Putting(edit.Value!, MostOperatingModes, edit.Version)),
        .. edits.Chargers.Where(edit => edit.Value is not null).Select(edit => Putting(tenant, edit.Value!, edit.Version)),
        .. edits.OperatingModes.Where(edit => edit.Value is null).Select(edit => DeletingMode(ScopeOf(tenant, edit.Site), edit.Id, edit.Version)),
        .. edits.ProfileTemplates.Select(edit => edit.Value is { } template
            ? Putting(template, edit.Version)
            : Deleting(ScopeOf(tenant, edit.Site), edit.Id, edit.Version)),
        .. edits.Sites.Where(edit => edit.Value is null).Select(edit => Deleting(new SiteId(tenant, edit.Id), edit.Version)),
    ];

    private static SiteId ScopeOf(TenantId tenant, string? site) => site is null ? SiteId.None(tenant) : new SiteId(tenant, site);

    /// <summary>Undoes what was done of the changes: the transaction takes back what ends with an exception.</summary>
    private sealed class EditRefused(EditsResult result) : Exception
    {
        public EditsResult Result => result;
    }
}
