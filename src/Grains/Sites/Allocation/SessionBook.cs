using EvCharge.Domain.Allocation.Sites;
using EvCharge.Domain.Identity;
using EvCharge.History;
using Microsoft.Extensions.Logging;

namespace EvCharge.Grains.Sites.Allocation;

/// <summary>What was said of the vehicles at a site: of their transactions, which it keeps, and of the tags that began them.</summary>
internal sealed partial class SessionBook(SiteId site, SiteRecord record, AllocationServices services)
{
    private readonly Dictionary<(string Charger, int Connector), (long Transaction, SessionNeeds Tag)> _visits = [];

    /// <summary>Sees who is there, and asks what the tag of one says that has come.</summary>
    /// <param name="local">Now, with the offset of the site's zone.</param>
    /// <param name="take">Given what is known of a transaction, as soon as it is.</param>
    public void Saw(ChargerImage image, DateTimeOffset local, Action<string, long, SessionNeeds> take)
    {
        foreach (var connector in image.Connectors)
        {
            var place = (image.Charger, connector.Connector);
            Forget(kept => (kept.Charger, kept.Connector) == place && kept.Transaction != connector.Transaction);
            if (connector.Transaction is not { } transaction)
            {
                _visits.Remove(place);
            }
            else if (!_visits.TryGetValue(place, out var known) || known.Transaction != transaction)
            {
                _visits[place] = (transaction, SessionNeeds.None);
                _ = Ask(place, transaction, connector.IdTag, local, take);
            }
        }
    }

    /// <summary>Takes what is said of a transaction.</summary>
    /// <param name="needs">Null takes back what was.</param>
    /// <returns>What is known of it with that; null when it is not there.</returns>
    public SessionNeeds? Say(string charger, long transaction, SessionNeeds? needs)
    {
        foreach (var (place, visit) in _visits)
        {
            if (place.Charger == charger && visit.Transaction == transaction)
            {
                Forget(kept => (kept.Charger, kept.Connector) == place);
                if (needs is not null)
                {
                    record.Kept.Needs = [.. record.Kept.Needs, new KeptNeeds(charger, place.Connector, transaction, needs)];
                }
                return (needs ?? SessionNeeds.None).Over(visit.Tag);
            }
        }
        return null;
    }

    public void Clear()
    {
        _visits.Clear();
        record.Kept.Needs = [];
    }

    private void Forget(Predicate<KeptNeeds> what)
    {
        if (record.Kept.Needs.Exists(what))
        {
            record.Kept.Needs = [.. record.Kept.Needs.Where(kept => !what(kept))];
        }
    }

    private async Task Ask(
        (string Charger, int Connector) place, long transaction, string? tag, DateTimeOffset local, Action<string, long, SessionNeeds> take)
    {
        try
        {
            var said = string.IsNullOrEmpty(tag) ? null : (await services.Configuration.Tag(site.Tenant, new IdTag(tag)))?.Value;
            if (_visits.GetValueOrDefault(place).Transaction != transaction)
            {
                return; // It has gone meanwhile.
            }
            var ofTag = said is null ? SessionNeeds.None : SessionNeeds.OfTag(said.Priority, said.Departure, said.EnergyWh, local);
            _visits[place] = (transaction, ofTag);
            var own = record.Kept.Needs.FirstOrDefault(kept => kept.Transaction == transaction && kept.Charger == place.Charger)?.Needs;
            take(place.Charger, transaction, (own ?? SessionNeeds.None).Over(ofTag));
        }
        catch (HistoryUnavailableException unavailable)
        {
            LogNotRead(services.Logger, site, place.Charger, unavailable.Message);
            _visits.Remove(place); // Asked again with the next that the charger reports.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Site}: what the tag of a vehicle at {Charger} says could not be read: {Reason}")]
    private static partial void LogNotRead(ILogger logger, SiteId site, string charger, string reason);
}
