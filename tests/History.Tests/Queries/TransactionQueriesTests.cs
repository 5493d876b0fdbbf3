using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History.Queries;
using EvCharge.HistoryTests.Sessions;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Queries;

public sealed class TransactionQueriesTests
{
    [Fact]
    public async Task Pages_hold_every_transaction_once_newest_first()
    {
        await using var history = await TestHistory.Create();
        await Fill(history, 25);

        var all = await history.Transactions.List(SiteScope.All(Tenant), new TransactionFilter(), null, 1000);
        var paged = new List<Transaction>();
        TransactionCursor? after = null;
        while (await history.Transactions.List(SiteScope.All(Tenant), new TransactionFilter(), after, 4) is { Count: > 0 } page)
        {
            paged.AddRange(page);
            after = new TransactionCursor(page[^1].StartedAt, page[^1].Id);
        }

        Assert.Equal(25, all.Count);
        Assert.Equal(all, paged);
        Assert.Equal(all.OrderByDescending(each => each.StartedAt).ThenByDescending(each => each.Id), all);
    }

    [Fact]
    public async Task Whoever_exports_gets_every_transaction_and_frame_and_stops_the_reading_when_he_goes()
    {
        await using var history = await TestHistory.Create();
        await Fill(history, 25);

        Assert.Equal(
            await history.Transactions.List(SiteScope.All(Tenant), new TransactionFilter(), null, 1000),
            await history.Transactions.All(SiteScope.All(Tenant), new TransactionFilter(), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await history.Transactions.All(SiteScope.All(Tenant), new TransactionFilter(), gone.Token).FirstAsync(CancellationToken.None));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await history.Transactions.AllMeterFrames(Tenant, 1, gone.Token).FirstOrDefaultAsync(CancellationToken.None));
    }

    public static TheoryData<string, TransactionFilter> Filters => new()
    {
        { "charger", new(Charger: "CP1") },
        { "connector", new(Charger: "CP1", Connector: 2) },
        { "tag", new(IdTag: "tag2") },
        { "vehicle", new(Vehicle: "v1") },
        { "site", new(Site: "s1") },
        { "active", new(Active: true) },
        { "ended", new(Active: false) },
        { "period", new(From: Facts.Noon.AddMinutes(3), To: Facts.Noon.AddMinutes(6)) },
        { "all", new("CP1", 1, "TAG1", null, "s1", Facts.Noon, Facts.Noon.AddHours(1), true) },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_keeps_what_it_says(string name, TransactionFilter filter)
    {
        await using var history = await TestHistory.Create();
        var expected = (await Fill(history, 60)).Where(transaction => Fits(transaction, filter)).Select(each => each.Id).Order();

        var found = await history.Transactions.List(SiteScope.All(Tenant), filter, null, 1000);

        Assert.NotEmpty(found);
        Assert.True(expected.SequenceEqual(found.Select(each => each.Id).Order()), name);
    }

    [Fact]
    public async Task Another_tenant_sees_nothing()
    {
        await using var history = await TestHistory.Create();
        var mine = (await Fill(history, 3))[0];
        var other = new TenantId("other");

        Assert.Empty(await history.Transactions.List(SiteScope.All(other), new TransactionFilter(), null, 1000));
        Assert.Null(await history.Transactions.Find(SiteScope.All(other), mine.Id));
        Assert.Empty(await history.Transactions.MeterFrames(other, mine.Id, null, 10));
        Assert.Null(await history.Sessions.FindByOcppId(new ChargerId(other, mine.Connector.Charger.Name), mine.OcppId));
    }

    private static bool Fits(Transaction transaction, TransactionFilter filter) =>
        (filter.Charger is null || transaction.Connector.Charger.Name == filter.Charger)
        && (filter.Connector is null || transaction.Connector.Number == filter.Connector)
        && (filter.IdTag is null || transaction.IdTag == new IdTag(filter.IdTag))
        && (filter.Vehicle is null || transaction.Vehicle == filter.Vehicle)
        && (filter.Site is null || transaction.Site == filter.Site)
        && (filter.From is null || transaction.StartedAt >= filter.From)
        && (filter.To is null || transaction.StartedAt < filter.To)
        && (filter.Active is null || transaction.Active == filter.Active);

    /// <summary>Transactions of two chargers in two sites, many of which start at the same moment, half of them ended.</summary>
    private static async Task<IReadOnlyList<Transaction>> Fill(TestHistory history, int count)
    {
        var stored = new List<Transaction>();
        for (var i = 0; i < count; i++)
        {
            var connector = new ConnectorId(new ChargerId(Tenant, $"CP{i % 2 + 1}"), i % 3 + 1);
            var start = await Facts.NewStart(
                history,
                connector,
                $"raw-{i}",
                $"TAG{i % 4 + 1}",
                Facts.Noon.AddMinutes(i % 7),
                i % 2 == 0 ? "s1" : "s2",
                i % 5 == 0 ? "v1" : null);
            await history.Sessions.Commit(Tenant, [new TransactionOpened(start)]);
            if (i % 4 > 1)
            {
                await history.Sessions.Commit(Tenant, [new TransactionEnded(start.Ended())]);
                start = start.Ended();
            }

            stored.Add(start);
        }

        return stored;
    }
}
