using EvCharge.Domain.Identity;
using EvCharge.History.Audit;

namespace EvCharge.History.Configuration;

public sealed partial class ConfigurationStore
{
    /// <summary>
    /// Makes many changes in one transaction, or none of them when one thing is not as expected. The audit log has an entry
    /// for each. What is deleted makes room for what is new, and a site goes when its chargers have gone.
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
        .. edits.Chargers.Where(edit => edit.Value is not null).Select(edit => Putting(tenant, edit.Value!, edit.Version)),
        .. edits.Sites.Where(edit => edit.Value is null).Select(edit => Deleting(new SiteId(tenant, edit.Id), edit.Version)),
        .. edits.ProfileTemplates.Select(edit => edit.Value is { } template
            ? Putting(tenant, template, edit.Version)
            : Deleting(tenant, edit.Id, edit.Version)),
    ];

    /// <summary>Undoes what was done of the changes: the transaction takes back what ends with an exception.</summary>
    private sealed class EditRefused(EditsResult result) : Exception
    {
        public EditsResult Result => result;
    }
}
