using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.Domain.Sessions;
using EvCharge.History.Sessions;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Sessions;

public sealed class MeterFrameTests
{
    [Fact]
    public async Task A_frame_and_the_progress_of_its_transaction_are_kept_together()
    {
        await using var history = await TestHistory.Create();
        var start = await Opened(history);
        var frame = Facts.Frame(Facts.Connector, start.Id, "t1");

        var result = await history.Sessions.Commit(Tenant, [new MeterRecorded(frame, start.Advanced(500))]);

        Assert.Equal(new CommitResult(false, null), result);
        Assert.Equal(start.Advanced(500), await history.Transactions.Find(SiteScope.All(Tenant), start.Id));
        Assert.Equivalent(frame, Assert.Single(await history.Transactions.MeterFrames(Tenant, start.Id, null, 9)).Frame, true);
    }

    [Fact]
    public async Task A_repeated_frame_is_stored_once_and_its_progress_not_at_all()
    {
        await using var history = await TestHistory.Create();
        var start = await Opened(history);
        var frame = Facts.Frame(Facts.Connector, start.Id, "t1");
        await history.Sessions.Commit(Tenant, [new MeterRecorded(frame, start.Advanced(500))]);

        var repeat = await history.Sessions.Commit(Tenant,
            [new MeterRecorded(frame with { ReceivedAt = Facts.Noon.AddHours(1) }, start.Advanced(500).Advanced(999))]);

        Assert.Equal(new CommitResult(false, null, Repeated: true), repeat);
        Assert.Equal(start.Advanced(500), await history.Transactions.Find(SiteScope.All(Tenant), start.Id));
        Assert.Single(await history.Transactions.MeterFrames(Tenant, start.Id, null, 9));
    }

    [Fact]
    public async Task A_frame_whose_stamp_is_too_long_for_an_index_is_stored_once()
    {
        await using var history = await TestHistory.Create();
        var start = await Opened(history);
        var frame = Facts.Frame(Facts.Connector, start.Id, new Random(1).GetHexString(20_000));

        var first = await history.Sessions.Commit(Tenant, [new MeterRecorded(frame, null)]);
        var repeat = await history.Sessions.Commit(Tenant, [new MeterRecorded(frame, null)]);

        Assert.Equal((false, true), (first.Repeated, repeat.Repeated));
        Assert.Single(await history.Transactions.MeterFrames(Tenant, start.Id, null, 9));
    }

    [Fact]
    public async Task A_stop_that_brings_a_repeated_frame_applies()
    {
        await using var history = await TestHistory.Create();
        var start = await Opened(history);
        var frame = Facts.Frame(Facts.Connector, start.Id, "t1");
        await history.Sessions.Commit(Tenant, [new MeterRecorded(frame, start.Advanced(500))]);
        var progress = start.Advanced(500).Advanced(700);

        var stop = await history.Sessions.Commit(Tenant, [new MeterRecorded(frame, progress), new TransactionEnded(progress.Ended())]);

        Assert.Equal(new CommitResult(false, null, Repeated: true), stop);
        Assert.Equal(progress.Ended(), await history.Transactions.Find(SiteScope.All(Tenant), start.Id));
    }

    [Fact]
    public async Task A_progress_decided_on_an_old_version_takes_its_frame_back_too()
    {
        await using var history = await TestHistory.Create();
        var start = await Opened(history);
        await history.Sessions.Commit(Tenant, [new TransactionEnded(start.Ended())]);

        var stale = await history.Sessions.Commit(Tenant,
            [new MeterRecorded(Facts.Frame(Facts.Connector, start.Id, "t1"), start.Advanced(500))]);

        Assert.True(stale.Stale);
        Assert.Empty(await history.Transactions.MeterFrames(Tenant, start.Id, null, 9));
    }

    [Fact]
    public async Task Frames_that_differ_in_stamp_payload_connector_or_transaction_are_different()
    {
        await using var history = await TestHistory.Create();
        var frame = Facts.Frame(Facts.Connector, 7, "t1");
        MeterFrame[] frames =
        [
            frame,
            frame with { DeviceStamp = "t2" },
            frame with { PayloadHash = new string('1', 32) },
            frame with { Connector = Facts.Connector with { Number = 2 } },
            frame with { TransactionId = 8 },
        ];

        var results = await Task.WhenAll(frames.Concat(frames).Select(each =>
            history.Sessions.Commit(Tenant, [new MeterRecorded(each, null)])));

        Assert.Equal(5, results.Count(result => result.Repeated));
        Assert.Equal(5L, await history.Scalar<long>("SELECT COUNT(*) FROM meter_frame"));
    }

    [Fact]
    public async Task Frames_of_a_start_that_was_stored_before_go_to_the_transaction_that_stands()
    {
        await using var history = await TestHistory.Create();
        var first = await Opened(history);
        var repeat = await Facts.NewStart(history);

        var result = await history.Sessions.Commit(Tenant,
            [new TransactionOpened(repeat), new MeterRecorded(Facts.Frame(Facts.Connector, repeat.Id, "t1"), null)]);

        Assert.Equal(first, result.Opened);
        Assert.Single(await history.Transactions.MeterFrames(Tenant, first.Id, null, 9));
        Assert.Empty(await history.Transactions.MeterFrames(Tenant, repeat.Id, null, 9));
    }

    [Fact]
    public async Task An_end_of_a_start_that_was_stored_before_makes_the_commit_stale()
    {
        await using var history = await TestHistory.Create();
        var first = await Opened(history);
        var repeat = await Facts.NewStart(history);

        var result = await history.Sessions.Commit(Tenant, [new TransactionOpened(repeat), new TransactionEnded(repeat.Ended())]);

        Assert.True(result.Stale);
        Assert.Equal([first], await history.Sessions.FindOpen(Facts.Charger));
    }

    [Fact]
    public async Task Pages_of_frames_follow_the_order_of_receipt()
    {
        await using var history = await TestHistory.Create();
        for (var i = 0; i < 7; i++)
        {
            await history.Sessions.Commit(Tenant, [new MeterRecorded(Facts.Frame(Facts.Connector, 1, $"t{9 - i}"), null)]);
        }

        var stamps = new List<string>();
        long? after = null;
        while (await history.Transactions.MeterFrames(Tenant, 1, after, 3) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 3);
            stamps.AddRange(page.Select(row => row.Frame.DeviceStamp));
            after = page[^1].Row;
        }

        Assert.Equal(["t9", "t8", "t7", "t6", "t5", "t4", "t3"], stamps);
    }

    private static async Task<Transaction> Opened(TestHistory history)
    {
        var start = await Facts.NewStart(history);
        await history.Sessions.Commit(Tenant, [new TransactionOpened(start)]);
        return start;
    }
}
