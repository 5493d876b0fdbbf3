using System.Diagnostics;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History.Mirror;
using EvCharge.HistoryTests.Sessions;
using EvCharge.Servers;
using EvCharge.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Mirror;

/// <summary>An embedded history with a copy on a server.</summary>
[Trait(TestEngine.Trait, TestEngine.AnyServer)]
public sealed class HistoryMirrorTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_was_recorded_before_and_what_comes_later_is_in_the_copy_as_it_stands()
    {
        await using var history = await CreateSqlite();
        var before = await Charge(history, "before");
        var target = await TestEngine.Empty(TestEngine.Server);
        await using var mirror = await Mirrored.Start(history, target);

        await mirror.IsUpToDate();
        await AssertSame(history, target, before);

        var later = await Charge(history, "later");
        await history.Sessions.Commit(Tenant, [new TransactionEnded(later.Ended())]);
        await mirror.IsUpToDate();
        await AssertSame(history, target, before, later);
        Assert.Equal(0, (await mirror.Status()).Refused);
    }

    [Fact]
    public async Task What_happened_while_the_server_was_away_follows_when_it_is_back()
    {
        await using var server = await PostgresServer.Start();
        var target = DatabaseLocation.PostgreSql(await server.CreateDatabase());
        await using var history = await CreateSqlite();
        await using var mirror = await Mirrored.Start(history, target);
        var first = await Charge(history, "first");
        await mirror.IsUpToDate();

        await server.Kill();
        var second = await Charge(history, "second");
        await history.Sessions.Commit(Tenant, [new TransactionEnded(first.Ended())]);
        await Eventually(async () => (await mirror.Status()).Fault is not null);
        var behind = await mirror.Status();
        Assert.Equal((2, 3), (behind.TransactionsBehind, behind.FramesBehind));

        await server.Start();
        await mirror.IsUpToDate();
        Assert.Null((await mirror.Status()).Fault);
        await AssertSame(history, target, first, second);
    }

    [Fact]
    public async Task A_mirror_that_is_started_again_goes_on_where_it_was()
    {
        await using var history = await CreateSqlite();
        var target = await TestEngine.Empty(TestEngine.Server);
        var first = await Charge(history, "first");
        await using (var mirror = await Mirrored.Start(history, target))
        {
            await mirror.IsUpToDate();
        }

        var second = await Charge(history, "second");
        await using var again = await Mirrored.Start(history, target, watchOnly: true);
        Assert.Equal(1, (await again.Status()).TransactionsBehind);
        await again.Begin();
        await again.IsUpToDate();
        await AssertSame(history, target, first, second);
    }

    [Fact]
    public async Task A_row_that_the_server_refuses_is_counted_and_keeps_no_other_out()
    {
        Assert.SkipUnless(TestEngine.Server == TestEngine.PostgreSql, "It is PostgreSQL that is told to refuse.");
        await using var history = await CreateSqlite();
        var target = await TestEngine.Migrated(TestEngine.Server);
        await using (var connection = new NpgsqlConnection(target.Address))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var refuse = new NpgsqlCommand("ALTER TABLE charging_transaction ADD CHECK (raw_start <> 'refused')", connection);
            await refuse.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var refused = await Charge(history, "refused");
        var taken = await Charge(history, "taken");
        await using var mirror = await Mirrored.Start(history, target);
        await mirror.IsUpToDate();

        Assert.Equal(1, (await mirror.Status()).Refused);
        await using var copy = Open(target);
        Assert.Null(await copy.Transactions.Find(SiteScope.All(Tenant), refused.Id));
        Assert.NotNull(await copy.Transactions.Find(SiteScope.All(Tenant), taken.Id));
    }

    [Fact]
    public async Task Without_a_mirror_nothing_is_noted_for_one()
    {
        await using var history = await CreateSqlite();
        await using (var mirror = await Mirrored.Start(history, await TestEngine.Empty(TestEngine.Server)))
        {
            await mirror.IsUpToDate();
        }

        await using var none = await Mirrored.Start(history, null);
        await none.Done();
        await Charge(history, "unseen");

        Assert.Equal(MirrorStatus.None, await none.Status());
        Assert.Equal(0L, await history.Scalar<long>("SELECT (SELECT COUNT(*) FROM mirror_owed) + (SELECT COUNT(*) FROM mirror_position)"));
    }

    /// <summary>A transaction that runs, with three frames of samples.</summary>
    private static async Task<Transaction> Charge(TestHistory history, string rawStart)
    {
        var transaction = await Facts.NewStart(history, rawStart: rawStart);
        await history.Sessions.Commit(Tenant, [new TransactionOpened(transaction)]);
        for (var number = 1; number <= 3; number++)
        {
            var advanced = transaction.Advanced(100 * number);
            await history.Sessions.Commit(
                Tenant, [new MeterRecorded(Facts.Frame(Facts.Connector, transaction.Id, $"{rawStart}-{number}"), advanced)]);
            transaction = advanced;
        }

        return transaction;
    }

    private static async Task AssertSame(TestHistory history, DatabaseLocation target, params Transaction[] transactions)
    {
        await using var copy = Open(target);
        foreach (var transaction in transactions)
        {
            var original = await history.Transactions.Find(SiteScope.All(Tenant), transaction.Id);
            Assert.Equal(original, await copy.Transactions.Find(SiteScope.All(Tenant), transaction.Id));
            Assert.Equal(3, (await Stamps(history, transaction)).Count);
            Assert.Equal(await Stamps(history, transaction), await Stamps(copy, transaction));
        }

        Assert.Equal(transactions.Length, (await copy.Transactions.List(SiteScope.All(Tenant), new(), null, 100)).Count);
    }

    private static async Task<List<string>> Stamps(TestHistory history, Transaction transaction) =>
        [.. (await history.Transactions.MeterFrames(Tenant, transaction.Id, null, 100)).Select(row => $"{row.Frame.DeviceStamp} {row.Frame.Samples[0].Readings[0].Raw}")];

    private static async Task Eventually(Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < Soon, "It has not come to pass.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The mirror as a service that runs.</summary>
    private sealed class Mirrored(HistoryMirror mirror) : IAsyncDisposable
    {
        public static async Task<Mirrored> Start(TestHistory history, DatabaseLocation? target, bool watchOnly = false)
        {
            var options = new MirrorOptions { Database = target, IntervalSeconds = 1, RetrySeconds = 1 };
            var mirrored = new Mirrored(new HistoryMirror(history.Engine, Options.Create(options), TimeProvider.System, NullLoggerFactory.Instance));
            if (!watchOnly)
            {
                await mirrored.Begin();
            }

            return mirrored;
        }

        public Task Begin() => mirror.StartAsync(TestContext.Current.CancellationToken);

        public Task Done() => mirror.ExecuteTask!;

        public Task<MirrorStatus> Status() => mirror.Status();

        /// <summary>It has everything, and looked for more after this was asked.</summary>
        public async Task IsUpToDate()
        {
            var asked = TimeProvider.System.GetUtcNow();
            await Eventually(async () =>
            {
                Assert.False(mirror.ExecuteTask is { IsFaulted: true }, mirror.ExecuteTask?.Exception?.ToString());
                return await mirror.Status() is { TransactionsBehind: 0, FramesBehind: 0 } status && status.UpToDateAt > asked;
            });
        }

        public async ValueTask DisposeAsync()
        {
            await mirror.StopAsync(CancellationToken.None);
            mirror.Dispose();
        }
    }
}
