using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Sessions;

public sealed class ReceivedFactsTests
{
    private static readonly ChargerId Other = new(new TenantId("other"), Facts.Charger.Name);

    [Fact]
    public async Task Transactions_are_found_by_when_their_start_came()
    {
        await using var history = await TestHistory.Create();
        var early = await Start(history, Facts.Noon);
        var late = await Start(history, Facts.Noon.AddHours(2));

        Assert.Equal([early.Id], Ids(await history.Received.Transactions(Facts.Charger, Facts.Noon, Facts.Noon.AddHours(2))));
        Assert.Equal([early.Id, late.Id], Ids(await history.Received.Transactions(Facts.Charger, Facts.Noon, Facts.Noon.AddHours(3))));
        Assert.Empty(await history.Received.Transactions(Other, Facts.Noon, Facts.Noon.AddHours(3)));
    }

    [Fact]
    public async Task A_transaction_runs_until_it_is_stopped()
    {
        await using var history = await TestHistory.Create();
        var transaction = await Start(history, Facts.Noon);
        Assert.Equal(transaction.Id, (await history.Received.RunningAt(Facts.Charger, Facts.Noon.AddDays(1)))?.Id);

        await history.Sessions.Commit(Tenant, [new TransactionEnded(transaction.Ended())]);

        Assert.Null(await history.Received.RunningAt(Facts.Charger, Facts.Noon));
        Assert.Equal(transaction.Id, (await history.Received.RunningAt(Facts.Charger, Facts.Noon.AddMinutes(59)))?.Id);
        Assert.Null(await history.Received.RunningAt(Facts.Charger, Facts.Noon.AddDays(1)));
        Assert.Null(await history.Received.RunningAt(Other, Facts.Noon.AddMinutes(59)));
    }

    [Fact]
    public async Task Frames_are_found_by_when_they_came_and_by_their_key()
    {
        await using var history = await TestHistory.Create();
        var frame = Facts.Frame(Facts.Connector, 0, "stamp");
        await history.Sessions.Commit(Tenant, [new MeterRecorded(frame, null)]);

        Assert.Equal("stamp", Assert.Single(await history.Received.MeterFrames(Facts.Charger, Facts.Noon, Facts.Noon.AddHours(1))).DeviceStamp);
        Assert.Empty(await history.Received.MeterFrames(Facts.Charger, Facts.Noon.AddHours(1), Facts.Noon.AddHours(2)));
        Assert.True(await history.Received.HasFrame(Facts.Charger, frame, Facts.Noon.AddHours(1)));
        Assert.False(await history.Received.HasFrame(Facts.Charger, frame, Facts.Noon));
        Assert.False(await history.Received.HasFrame(Facts.Charger, frame with { DeviceStamp = "other" }, Facts.Noon.AddHours(1)));
    }

    [Fact]
    public async Task A_status_holds_from_its_receipt_on()
    {
        await using var history = await TestHistory.Create();
        await history.Sessions.Commit(Tenant, [new StatusRecorded(Facts.Connector, Facts.Status("Available", Facts.Noon))]);
        await history.Sessions.Commit(Tenant, [new StatusRecorded(Facts.Connector, Facts.Status("Charging", Facts.Noon.AddHours(1)))]);

        Assert.Null(await history.Received.StatusAt(Facts.Connector, Facts.Noon));
        Assert.Equal("Available", (await history.Received.StatusAt(Facts.Connector, Facts.Noon.AddHours(1)))?.Status);
        Assert.Equal("Charging", (await history.Received.StatusAt(Facts.Connector, Facts.Noon.AddHours(2)))?.Status);
    }

    private static async Task<Transaction> Start(TestHistory history, DateTimeOffset at)
    {
        var transaction = await Facts.NewStart(history, rawStart: at.ToString("O"), startedAt: at);
        await history.Sessions.Commit(Tenant, [new TransactionOpened(transaction)]);
        return transaction;
    }

    private static IEnumerable<long> Ids(IReadOnlyList<Transaction> transactions) => transactions.Select(each => each.Id);
}
