using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.History.Sessions;

namespace EvCharge.Grains.Authorization;

/// <summary>
/// Whether a tag that may run one transaction only is busy, by what is on record. Between the answer to a start and its
/// commit the record does not show it yet: the start last granted is remembered for that long, and looked up.
/// </summary>
internal sealed class ConcurrentUse(TenantId tenant, IdTag tag, SessionLog sessions, TimeProvider time)
{
    /// <summary>After this time a start that is not on record was not stored: the charger got no answer and repeats it.</summary>
    private static readonly TimeSpan CommitPatience = TimeSpan.FromSeconds(30);
    private (TagUse Use, DateTimeOffset Until)? _granted;

    /// <exception cref="History.HistoryUnavailableException">The record cannot be read.</exception>
    public async Task<bool> IsBusy(TagQuestion question)
    {
        var running = (await sessions.FindOpen(tenant, tag)).Select(TagUse.Of).ToList();
        if (await Pending() is { } pending)
        {
            running.Add(pending);
        }

        var busy = ConcurrencyRules.IsBusy(question, running);
        if (!busy && question.Start is { } start)
        {
            var use = new TagUse(new ConnectorId(question.Charger, start.Connector), start.RawStamp, start.MeterStart, Authorized: true);
            _granted = (use, time.GetUtcNow() + CommitPatience);
        }

        return busy;
    }

    /// <summary>The start granted last, unless it has ended since or was never stored.</summary>
    private async Task<TagUse?> Pending()
    {
        if (_granted is not var (use, until) || time.GetUtcNow() >= until)
        {
            _granted = null;
            return null;
        }

        var stored = await sessions.FindStarts(use.Connector, use.RawStamp, tag, use.MeterStart);
        if (stored.Count == 0 || stored[0].Active)
        {
            return use;
        }

        _granted = null;
        return null;
    }
}
