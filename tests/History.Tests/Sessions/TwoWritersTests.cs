using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History.Sessions;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Sessions;

/// <summary>An old and a new activation of one charger, in two processes, that write the same at the same time.</summary>
[Trait(TestEngine.Trait, TestEngine.AnyServer)]
[Trait("pain", "races-at-the-database")]
public sealed class TwoWritersTests
{
    private const int Rounds = 60;

    [Fact]
    public async Task A_start_opens_one_transaction_and_both_are_told_which()
    {
        await using var both = await TwoProcesses.Start();
        for (var round = 0; round < Rounds; round++)
        {
            var raw = $"raw-{round}";
            var (one, other) = await both.Both(async history =>
                await history.Sessions.Commit(Tenant, [new TransactionOpened(await Facts.NewStart(history, rawStart: raw))]));

            Assert.False(one.Stale || other.Stale);
            Assert.Equal(one.Opened, other.Opened);
        }

        Assert.Equal((long)Rounds, await both.One.Scalar<long>("SELECT COUNT(*) FROM charging_transaction"));
    }

    [Fact]
    public async Task A_stop_ends_its_transaction_once_and_a_correction_leaves_one_row()
    {
        await using var both = await TwoProcesses.Start();
        for (var round = 0; round < Rounds; round++)
        {
            var start = await Facts.NewStart(both.One, rawStart: $"raw-{round}");
            await both.One.Sessions.Commit(Tenant, [new TransactionOpened(start)]);
            var provisional = start.Ended(2000) with { ClosedBySystem = true };
            var genuine = provisional.Ended(3500) with { ClosedBySystem = false };

            var ends = await both.Both(history => history.Sessions.Commit(Tenant, [new TransactionEnded(provisional)]));
            var corrections = await both.Both(history => history.Sessions.Commit(Tenant, [new TransactionEnded(genuine, provisional)]));

            Assert.True(ends.One.Stale != ends.Other.Stale);
            Assert.True(corrections.One.Stale != corrections.Other.Stale);
            Assert.Equal(genuine, await both.Other.Transactions.Find(SiteScope.All(Tenant), start.Id));
        }

        Assert.Equal((long)Rounds, await both.One.Scalar<long>("SELECT COUNT(*) FROM correction"));
    }

    [Fact]
    public async Task A_frame_is_stored_once_and_moves_its_transaction_once()
    {
        await using var both = await TwoProcesses.Start();
        var running = await Facts.NewStart(both.One);
        await both.One.Sessions.Commit(Tenant, [new TransactionOpened(running)]);
        for (var round = 0; round < Rounds; round++)
        {
            var (frame, next) = (Facts.Frame(Facts.Connector, running.Id, $"t{round}"), running.Advanced(round));

            var (one, other) = await both.Both(history => history.Sessions.Commit(Tenant, [new MeterRecorded(frame, next)]));

            Assert.True(one.Repeated != other.Repeated);
            Assert.False(one.Stale || other.Stale);
            running = next;
        }

        Assert.Equal([running], await both.Other.Sessions.FindOpen(Facts.Charger));
        Assert.Equal((long)Rounds, await both.One.Scalar<long>("SELECT COUNT(*) FROM meter_frame"));
    }

    [Fact]
    public async Task An_orphan_is_one_row_that_counts_and_one_event()
    {
        await using var both = await TwoProcesses.Start();
        for (var round = 0; round < Rounds; round++)
        {
            var orphan = new OrphanRecorded(Facts.Charger, "stop", "m", $"{round}", Facts.Noon, "{}");

            await both.Both(history => history.Sessions.Commit(Tenant, [orphan]));
        }

        Assert.Equal((long)Rounds, await both.One.Scalar<long>("SELECT COUNT(*) FROM orphan WHERE repeats = 1"));
        Assert.Equal((long)Rounds, await both.One.Scalar<long>("SELECT COUNT(*) FROM event"));
    }

    [Fact]
    public async Task Blocks_of_ids_on_the_wire_never_overlap_where_the_count_wraps()
    {
        await using var both = await TwoProcesses.Start();
        await both.One.Sessions.NextIds(Tenant);
        await both.One.Execute($"UPDATE id_block SET next_value = {int.MaxValue - (64L * 8) + 1} WHERE name = 'ocpp'");

        var drawn = await both.Both(async history =>
        {
            var ids = new List<TransactionIds>();
            for (var i = 0; i < 64 * 12; i++)
            {
                ids.Add(await history.Sessions.NextIds(Tenant));
            }

            return ids;
        });

        TransactionIds[] all = [.. drawn.One.Skip(63), .. drawn.Other];
        Assert.Equal(all.Length, all.Select(ids => ids.Id).Distinct().Count());
        Assert.Equal(all.Length, all.Select(ids => ids.OcppId).Distinct().Count());
        Assert.All(all, ids => Assert.True(ids.OcppId > 0));
    }

    /// <summary>
    /// Batches that lock the same rows in opposite order: the server ends one of two that wait for each other, and that one
    /// is committed alone.
    /// </summary>
    [Fact]
    [Trait(TestEngine.Trait, TestEngine.PostgreSql)]
    public async Task Batches_in_each_others_way_all_come_to_an_end()
    {
        await using var both = await TwoProcesses.Start();
        await both.One.Execute("DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET deadlock_timeout = ''10ms'''; END $$");
        (ChargerId, DateTimeOffset)[] seen =
            [.. Enumerable.Range(0, 50).Select(number => (new ChargerId(Tenant, $"CP{number}"), Facts.Noon))];
        (ChargerId, DateTimeOffset)[] reversed = [.. seen.Reverse()];

        await both.Both(async history =>
        {
            for (var round = 0; round < 150; round++)
            {
                await history.Chargers.RecordSeen(history == both.One ? seen : reversed);
            }

            return true;
        });

        Assert.Equal(50L, await both.One.Scalar<long>("SELECT COUNT(*) FROM charger_state"));
        var met = await both.One.Scalar<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
        Assert.True(met > 0, "No batch was in the way of another.");
    }
}
