using EvCharge.Domain.Identity;
using EvCharge.History.Queries;
using EvCharge.HistoryTests.Sessions;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Allocation;

public sealed class AllocationLogTests
{
    private static readonly SiteId Site = new(Tenant, "S1");
    private static readonly LimitFilter All = new(null, null, null, null);

    [Fact]
    public async Task Limits_come_back_as_they_were_the_newest_first_of_their_site_alone()
    {
        await using var history = await TestHistory.Create();
        var first = new LimitRecord(Facts.Noon, "CP1", 2, null, 6, null, "idle");
        var next = new LimitRecord(Facts.Noon.AddSeconds(1), "CP1", 2, 7, 16.4, 5.9, "row");
        await history.Allocation.Record(Site, first);
        await history.Allocation.Record(Site, next);
        await history.Allocation.Record(Site with { Name = "S2" }, next);
        await history.Allocation.Record(new SiteId(new TenantId("other"), "S1"), next);

        Assert.Equal([next, first], await Limits(history, All));
    }

    [Fact]
    public async Task Filters_and_pages_leave_out_no_row_even_of_one_moment()
    {
        await using var history = await TestHistory.Create();
        for (var number = 0; number < 10; number++)
        {
            await history.Allocation.Record(Site, new LimitRecord(Facts.Noon.AddSeconds(number / 5), number % 2 == 0 ? "CP1" : "CP2", 1, null, number, null, "row"));
        }

        Assert.Equal([8, 6, 4, 2, 0], (await Limits(history, All with { Charger = "CP1" })).Select(limit => limit.Limit));
        Assert.Empty(await Limits(history, All with { Connector = 2 }));
        Assert.Equal([4, 3, 2, 1, 0], (await Limits(history, All with { To = Facts.Noon.AddSeconds(1) })).Select(limit => limit.Limit));
        Assert.Equal([9, 8, 7, 6, 5], (await Limits(history, All with { From = Facts.Noon.AddSeconds(1) })).Select(limit => limit.Limit));

        var (seen, after) = (new List<double>(), default(AllocationCursor));
        while (await history.Allocations.Limits(Site, All, after, 3) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(row => row.Limit.Limit));
            after = page[^1].Place;
        }
        Assert.Equal([9, 8, 7, 6, 5, 4, 3, 2, 1, 0], seen);
    }

    [Fact]
    public async Task What_is_too_old_is_forgotten_of_that_site()
    {
        await using var history = await TestHistory.Create();
        var other = Site with { Name = "S2" };
        foreach (var at in (DateTimeOffset[])[Facts.Noon, Facts.Noon.AddDays(1)])
        {
            await history.Allocation.Record(Site, new LimitRecord(at, "CP1", 1, null, 6, null, "idle"));
            await history.Allocation.Record(Site, new SiteLoadRecord(at, "L1", 39.6, 30, 28.5, 2, 1));
            await history.Allocation.Record(other, new SiteLoadRecord(at, "power", 22_000, 30, 28.5, 2, 1));
        }

        await history.Allocation.Prune(Site, Facts.Noon.AddHours(1));

        Assert.Equal(Facts.Noon.AddDays(1), Assert.Single(await Limits(history, All)).At);
        Assert.Equal(
            new SiteLoadRecord(Facts.Noon.AddDays(1), "L1", 39.6, 30, 28.5, 2, 1), Assert.Single(await history.Allocations.Loads(Site, null, null, null, 10)).Load);
        Assert.Equal(2, (await history.Allocations.Loads(other, Facts.Noon, Facts.Noon.AddDays(2), null, 10)).Count);
    }

    private static async Task<IReadOnlyList<LimitRecord>> Limits(TestHistory history, LimitFilter filter) =>
        [.. (await history.Allocations.Limits(Site, filter, null, 100)).Select(row => row.Limit)];
}
