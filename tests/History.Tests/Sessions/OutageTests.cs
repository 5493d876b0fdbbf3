using System.Collections.Concurrent;
using System.Diagnostics;
using EvCharge.Domain.Sessions;
using EvCharge.History;
using EvCharge.History.Migrations;
using EvCharge.Servers;
using EvCharge.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Sessions;

/// <summary>A server that is killed and comes back.</summary>
[Trait(TestEngine.Trait, TestEngine.PostgreSql)]
public sealed class OutageTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_was_acknowledged_under_load_stands_once_after_a_kill_and_nothing_else_does()
    {
        await using var server = await StartServer();
        await using var history = await Open(server);
        var running = await Facts.NewStart(history);
        await history.Sessions.Commit(Tenant, [new TransactionOpened(running)]);
        var acknowledged = new ConcurrentBag<string>();
        using var stop = new CancellationTokenSource();
        Task[] chargers = [.. Enumerable.Range(0, 40).Select(charger => Task.Run(() => Report(charger)))];

        await Eventually(() => acknowledged.Count > 2_000);
        await server.Kill();
        await Eventually(() => history.Availability.Down);
        var before = acknowledged.Count;
        await server.Start();
        await Eventually(() => acknowledged.Count > before + 2_000);
        await stop.CancelAsync();
        await Task.WhenAll(chargers);

        var stored = await history.Transactions.MeterFrames(Tenant, running.Id, null, int.MaxValue);
        Assert.Equal(
            acknowledged.Order(StringComparer.Ordinal), stored.Select(row => row.Frame.DeviceStamp).Order(StringComparer.Ordinal));

        // Each frame once and to its end: the outage is shorter than the patience, so none may fail.
        async Task Report(int charger)
        {
            for (var number = 0; !stop.IsCancellationRequested; number++)
            {
                var stamp = $"{charger}-{number}";
                await history.Sessions.Commit(Tenant, [new MeterRecorded(Facts.Frame(Facts.Connector, running.Id, stamp), null)]);
                acknowledged.Add(stamp);
            }
        }
    }

    [Fact]
    public async Task While_the_server_is_away_what_waits_is_bounded_and_fails_with_the_reason()
    {
        await using var server = await StartServer();
        await using var history = await Open(server, options =>
        {
            options.QueueRows = 50;
            options.WritePatience = TimeSpan.FromSeconds(1);
        });
        await server.Kill();

        var failures = await Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
            await Record.ExceptionAsync(() => history.Sessions.Commit(Tenant, [Frame(number)]))));
        await server.Start();
        await Eventually(() => !history.Availability.Down);
        await history.Sessions.Commit(Tenant, [Frame(1000)]);

        Assert.All(failures, failure => Assert.IsType<HistoryUnavailableException>(failure));
        Assert.Equal(150, failures.Count(failure => failure!.Message == "The database writer's queue is full."));
        var waited = failures.Where(failure => failure!.Message == "The database cannot be reached.").ToArray();
        Assert.Equal(50, waited.Length);
        Assert.All(waited, failure => Assert.IsAssignableFrom<NpgsqlException>(failure!.InnerException!.InnerException));
        Assert.Equal(1L, await history.Scalar<long>("SELECT COUNT(*) FROM meter_frame"));
    }

    [Fact]
    public async Task Reads_on_connections_from_before_a_restart_succeed()
    {
        await using var server = await StartServer();
        await using var history = await Open(server);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => history.Sessions.Load(Facts.Connector)));

        await server.Kill();
        await server.Start();

        var read = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => history.Sessions.Load(Facts.Connector)));
        Assert.All(read, record => Assert.Null(record.Open));
    }

    [Fact]
    public async Task Reads_fail_soon_while_the_server_is_away()
    {
        await using var server = await StartServer();
        await using var history = await Open(server);
        await history.Sessions.Load(Facts.Connector);
        await server.Kill();
        var clock = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            Assert.ThrowsAsync<HistoryUnavailableException>(() => history.Sessions.Load(Facts.Connector))));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static MeterRecorded Frame(int number) => new(Facts.Frame(Facts.Connector, 1, $"t{number}"), null);

    /// <summary>It loses nothing it has committed when it is killed; the system's own death is not tried.</summary>
    private static async Task<PostgresServer> StartServer()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed.");
        return await PostgresServer.Start("fsync=off");
    }

    private static async Task<TestHistory> Open(PostgresServer server, Action<HistoryOptions>? configure = null)
    {
        var database = DatabaseLocation.PostgreSql(await server.CreateDatabase());
        await MigrationsRunner.Run(new HistoryOptions { Database = database }, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        return TestHistory.Open(database, configure);
    }

    private static async Task Eventually(Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Soon, "It has not come to pass.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
