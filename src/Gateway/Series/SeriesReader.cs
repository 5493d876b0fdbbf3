using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.Gateway.Allocation;
using EvCharge.Gateway.Api;
using EvCharge.History.Queries;

namespace EvCharge.Gateway.Series;

/// <summary>Gathers what curves are of into as many spans as they may have points. Each connector and site is read once for all its curves.</summary>
internal sealed class SeriesReader(SeriesQueries samples, AllocationQueries allocation, SeriesRequest request)
{
    /// <summary>Rows that one request may read.</summary>
    private const int MostRows = 1_000_000;
    private const int PageSize = 1_000;

    private readonly Dictionary<SeriesTag, Buckets> _spans =
        request.Tags.ToDictionary(tag => tag, _ => new Buckets(request.From, request.Span));

    private readonly HashSet<SiteId> _inWatts = [];
    private int _rows;

    /// <param name="siteOf">The site that gives a charger its limits; null where none does.</param>
    /// <exception cref="ApiFault">422 when there is more than one request may read.</exception>
    public async Task<IReadOnlyList<SeriesView>> Read(Func<ChargerId, SiteId?> siteOf, CancellationToken cancel)
    {
        foreach (var group in request.Tags.Where(tag => tag.Measured is not null).GroupBy(tag => (tag.Charger, tag.Connector)))
        {
            await Measure(group.Key.Charger, group.Key.Connector, [.. group], cancel);
        }

        foreach (var tag in request.Tags.Where(tag => tag.IsLimit))
        {
            if (siteOf(tag.Charger) is { } site)
            {
                await Limit(tag, site);
            }
        }

        foreach (var group in request.Tags.Where(tag => tag.Shared is not null).GroupBy(tag => tag.Site))
        {
            await Share(group.Key, [.. group]);
        }

        return [.. request.Tags.Select(tag => SeriesView.Of(tag.Text, tag.Unit ?? (_inWatts.Contains(tag.Site) ? "W" : "A"), _spans[tag].Spans))];
    }

    private async Task Measure(ChargerId charger, int connector, IReadOnlyList<SeriesTag> tags, CancellationToken cancel)
    {
        await foreach (var frame in samples.Frames(charger, connector, request.From, request.To, cancel))
        {
            Count();
            foreach (var sample in frame.Samples)
            {
                foreach (var tag in tags)
                {
                    if (tag.Measured!(sample) is { } value)
                    {
                        _spans[tag].Add(sample.At, value);
                    }
                }
            }
        }
    }

    private async Task Limit(SeriesTag tag, SiteId site)
    {
        var filter = new LimitFilter(tag.Charger.Name, tag.Connector, request.From, request.To);
        AllocationCursor? after = null;
        IReadOnlyList<(AllocationCursor Place, LimitRecord Limit)> page;
        do
        {
            page = await allocation.Limits(site, filter, after, PageSize);
            foreach (var (place, limit) in page)
            {
                Count();
                after = place;
                _spans[tag].Add(limit.At, Tenths.Of(limit.Limit));
            }
        }
        while (page.Count == PageSize);
    }

    private async Task Share(SiteId site, IReadOnlyList<SeriesTag> tags)
    {
        AllocationCursor? after = null;
        IReadOnlyList<(AllocationCursor Place, SiteLoadRecord Load)> page;
        do
        {
            page = await allocation.Loads(site, request.From, request.To, after, PageSize);
            foreach (var (place, load) in page)
            {
                Count();
                after = place;
                if (load.Part == "power")
                {
                    _inWatts.Add(site);
                }

                foreach (var tag in tags)
                {
                    _spans[tag].Add(load.At, tag.Shared!(load));
                }
            }
        }
        while (page.Count == PageSize);
    }

    private void Count()
    {
        if (++_rows > MostRows)
        {
            throw ApiFault.Invalid("from", $"reaches back to more than {MostRows} records: ask for less");
        }
    }
}
