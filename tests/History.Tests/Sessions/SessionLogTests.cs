using EvCharge.Domain.Sessions;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Sessions;

public sealed class SessionLogTests
{
    [Fact]
    public async Task A_transaction_comes_back_as_it_was_stored()
    {
        await using var history = await TestHistory.Create();
        var start = await Facts.NewStart(history, vehicle: "zoe");

        var opened = await history.Sessions.Commit(Tenant, [new TransactionOpened(start)]);
        await history.Sessions.Commit(Tenant, [new TransactionEnded(start.Ended())]);

        Assert.Equal(new(false, start), opened);
        Assert.Equal(start.Ended(), await history.Sessions.FindByOcppId(Facts.Charger, start.OcppId));
        Assert.Equal(start.Ended(), (await history.Sessions.Load(Facts.Connector)).LastEnded);
    }

    [Fact]
    public async Task A_vehicle_that_identified_itself_is_stored_on_the_version_it_was_decided_on()
    {
        await using var history = await TestHistory.Create();
        var start = await Facts.NewStart(history, vehicle: "of the tag");
        await history.Sessions.Commit(Tenant, [new TransactionOpened(start)]);
        var identified = start with { Vehicle = "zoe", Flags = TransactionFlags.VehicleIdentified, Version = 2 };

        var first = await history.Sessions.Commit(Tenant, [new TransactionIdentified(identified)]);
        var late = await history.Sessions.Commit(Tenant, [new TransactionIdentified(identified with { Vehicle = "leaf" })]);

        Assert.Equal((false, true), (first.Stale, late.Stale));
        Assert.Equal(identified, await history.Sessions.FindByOcppId(Facts.Charger, start.OcppId));
    }

    [Fact]
    public async Task A_start_with_an_equal_natural_key_hands_back_the_earlier_transaction()
    {
        await using var history = await TestHistory.Create();
        var first = await Facts.NewStart(history);
        var repeat = await Facts.NewStart(history, tag: "tag1") with { StartMessageId = "start-2" };
        await history.Sessions.Commit(Tenant, [new TransactionOpened(first)]);

        var answer = await history.Sessions.Commit(Tenant, [new TransactionOpened(repeat)]);

        Assert.NotEqual(first.Id, repeat.Id);
        Assert.Equal(first, answer.Opened);
        Assert.Equal([first], await history.Sessions.FindOpen(Facts.Charger));
    }

    [Fact]
    public async Task A_start_with_what_no_database_takes_is_found_by_its_repeat()
    {
        await using var history = await TestHistory.Create();
        var first = await Facts.NewStart(history, rawStart: "\0\ud800", tag: "T\0") with { MeterStart = double.PositiveInfinity };
        var repeat = await Facts.NewStart(history, rawStart: "\0\ud800", tag: "T\0") with { MeterStart = double.PositiveInfinity };
        await history.Sessions.Commit(Tenant, [new TransactionOpened(first)]);

        var answer = await history.Sessions.Commit(Tenant, [new TransactionOpened(repeat)]);

        Assert.Equal(first.Id, answer.Opened!.Id);
    }

    [Fact]
    public async Task A_start_with_words_too_long_for_an_index_is_found_by_its_repeat()
    {
        await using var history = await TestHistory.Create();
        var endless = new Random(1).GetHexString(20_000);
        var first = await Facts.NewStart(history, rawStart: endless, tag: endless);
        var repeat = await Facts.NewStart(history, rawStart: endless, tag: endless);
        var other = await Facts.NewStart(history, rawStart: endless, tag: endless + "0");
        await history.Sessions.Commit(Tenant, [new TransactionOpened(first)]);

        Assert.Equal(first.Id, (await history.Sessions.Commit(Tenant, [new TransactionOpened(repeat)])).Opened!.Id);
        Assert.Equal(other.Id, (await history.Sessions.Commit(Tenant, [new TransactionOpened(other)])).Opened!.Id);
        Assert.Equal(first.Id, Assert.Single(await history.Sessions.FindStarts(Facts.Connector, endless, first.IdTag, first.MeterStart)).Id);
    }

    [Fact]
    public async Task A_start_that_counts_as_another_one_is_stored_beside_the_stopped_one()
    {
        await using var history = await TestHistory.Create();
        var first = await Facts.NewStart(history);
        var again = await Facts.NewStart(history) with { Again = 1 };
        await history.Sessions.Commit(Tenant, [new TransactionOpened(first)]);
        await history.Sessions.Commit(Tenant, [new TransactionEnded(first.Ended())]);

        await history.Sessions.Commit(Tenant, [new TransactionOpened(again)]);

        Assert.Equal(
            [again, first.Ended()],
            await history.Sessions.FindStarts(Facts.Connector, first.RawStart, first.IdTag, first.MeterStart));
    }

    [Fact]
    public async Task An_end_decided_on_an_old_version_writes_nothing_of_its_commit()
    {
        await using var history = await TestHistory.Create();
        var start = await Facts.NewStart(history);
        await history.Sessions.Commit(Tenant, [new TransactionOpened(start)]);
        await history.Sessions.Commit(Tenant, [new MeterRecorded(Facts.Frame(Facts.Connector, start.Id, "t1"), start.Advanced(500))]);

        var stale = await history.Sessions.Commit(Tenant,
        [
            new StatusRecorded(Facts.Connector, Facts.Status("Finishing", Facts.Noon)),
            new TransactionEnded(start.Ended()),
        ]);

        Assert.True(stale.Stale);
        Assert.Null((await history.Sessions.Load(Facts.Connector)).Status);
        Assert.Equal([start.Advanced(500)], await history.Sessions.FindOpen(Facts.Charger));
    }

    [Fact]
    public async Task A_stale_commit_disturbs_no_other_in_its_batch()
    {
        await using var history = await TestHistory.Create();
        var start = await Facts.NewStart(history);
        await history.Sessions.Commit(Tenant, [new TransactionOpened(start)]);

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => number % 2 == 0
            ? history.Sessions.Commit(Tenant, [new TransactionEnded(start.Ended() with { Version = 99 })])
            : history.Sessions.Commit(Tenant, [new MeterRecorded(Facts.Frame(Facts.Connector, start.Id, $"t{number}"), null)])));

        Assert.Equal(Enumerable.Range(0, 200).Select(number => number % 2 == 0), results.Select(result => result.Stale));
        Assert.Equal(100L, await history.Scalar<long>("SELECT COUNT(*) FROM meter_frame"));
    }
}
