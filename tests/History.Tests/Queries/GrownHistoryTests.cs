using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.History.Queries;
using EvCharge.History.Sessions;

namespace EvCharge.HistoryTests.Queries;

/// <summary>
/// Lists and charts over a million transactions and twenty million samples, on the engine that the tests run on. It takes
/// minutes and gigabytes: EVCHARGE_LONG_RUN=1 asks for it.
/// </summary>
[Trait("pain", "slow-pages")]
public sealed class GrownHistoryTests(ITestOutputHelper output)
{
    private const int Rounds = 40;
    private const int Limit = 101;
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(200);
    private static readonly DateTimeOffset First = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A million sessions of 2,000 chargers on 100 sites, a session each 40 s; the last 500 still run.</summary>
    private const string Transactions =
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
        INSERT INTO charging_transaction (tenant_id, id, ocpp_id, charger_id, connector, site_id, id_tag, tag_key, vehicle_id,
            started_at, raw_start, meter_start, start_message_id, again, received_at, stopped_at, meter_stop, stop_reason,
            stop_message_id, closed_by_system, energy_wh, power_w, soc, last_sample_at, ocpp_version, flags, version)
        SELECT 'default', i, i, 'CP' || (i % 2000), 1 + i % 2, 'S' || ((i % 2000) / 20), 'TAG' || (i % 50000), 'TAG' || (i % 50000),
            'EV' || (i % 5000), {started}, '' || i, i, 'm' || i, 0, {started},
            CASE WHEN i > 999500 THEN NULL ELSE {stopped} END, CASE WHEN i > 999500 THEN NULL ELSE i + 9000 END,
            'Local', 's' || i, {false}, 9000, 0, NULL, {stopped}, 'ocpp1.6', 0, 3
        FROM n
        """;

    private const string Frames =
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000000)
        INSERT INTO meter_frame (tenant_id, charger_id, connector, transaction_id, device_stamp, payload_hash, received_at, flags, samples)
        SELECT 'default', 'CP' || (t % 2000), 1 + t % 2, t, '' || i, '' || i, {started}, 0, @samples
        FROM (SELECT i, 1 + (i - 1) / 4 AS t FROM n) frames
        """;

    [Fact]
    public async Task Every_list_and_chart_is_read_within_a_fifth_of_a_second()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("EVCHARGE_LONG_RUN") == "1", "takes minutes: EVCHARGE_LONG_RUN=1 runs it");
        await using var history = await TestHistory.Create();
        await Grow(history);

        foreach (var (name, filter) in Filters())
        {
            await Measure($"transactions, {name}", async round => Assert.NotEmpty(
                await history.Transactions.List(SiteScope.All(TestHistory.Tenant), filter(round), null, Limit)));
        }

        await Measure("transactions, a page in the middle", async round => Assert.Equal(Limit, (await history.Transactions.List(
            SiteScope.All(TestHistory.Tenant), new TransactionFilter(), new TransactionCursor(First.AddSeconds(40.0 * 12_000 * (round + 1)), long.MaxValue), Limit)).Count));
        await Measure("samples of a transaction", async round => Assert.Equal(4, (await history.Transactions.MeterFrames(
            TestHistory.Tenant, 1 + (round * 24_001L), null, Limit)).Count));
    }

    private static IEnumerable<(string Name, Func<int, TransactionFilter> Filter)> Filters()
    {
        yield return ("all", _ => new TransactionFilter());
        yield return ("of a charger", round => new TransactionFilter(Charger: $"CP{round * 37}"));
        yield return ("of a connector", round => new TransactionFilter(Charger: $"CP{round * 2}", Connector: 1));
        yield return ("of a site", round => new TransactionFilter(Site: $"S{round}"));
        yield return ("of a tag", round => new TransactionFilter(IdTag: $"tag{round * 997}"));
        yield return ("of a vehicle", round => new TransactionFilter(Vehicle: $"EV{round * 97}"));
        yield return ("of a day", round => new TransactionFilter(From: First.AddDays(round * 9), To: First.AddDays((round * 9) + 1)));
        yield return ("of a site and a month", round => new TransactionFilter(Site: $"S{round}", From: First.AddDays(200), To: First.AddDays(230)));
        yield return ("running", _ => new TransactionFilter(Active: true));
        yield return ("running at a site", round => new TransactionFilter(Site: $"S{80 + (round % 20)}", Active: true));
    }

    private async Task Measure(string name, Func<int, Task> read)
    {
        var times = new List<TimeSpan>(Rounds);
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            await read(round);
            times.Add(watch.Elapsed);
        }

        times.Sort();
        var (median, p95) = (times[Rounds / 2], times[Rounds * 95 / 100]);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: median {median.TotalMilliseconds:F1} ms, p95 {p95.TotalMilliseconds:F1} ms"));
        Assert.True(p95 < Most, $"{name}: p95 {p95}");
    }

    private static async Task Grow(TestHistory history)
    {
        await using var connection = await TestEngine.Connect(history.Database);
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = ForEngine(Transactions);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        command.CommandText = ForEngine(Frames);
        var samples = command.CreateParameter();
        (samples.ParameterName, samples.Value) = ("@samples", SamplePacking.Pack([.. Enumerable.Range(0, 5).Select(Sample)]));
        command.Parameters.Add(samples);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        if (TestEngine.Name == TestEngine.PostgreSql)
        {
            // What the server does by itself in a database that grew over months.
            command.Parameters.Clear();
            command.CommandText = "VACUUM ANALYZE charging_transaction, meter_frame";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    private static Sample Sample(int number)
    {
        Reading[] readings =
        [
            new("Energy.Active.Import.Register", null, "Outlet", "Sample.Periodic", number * 100, "Wh", ""),
            new("Power.Active.Import", null, "Outlet", "Sample.Periodic", 11_000, "W", ""),
        ];
        return new Sample(First.AddMinutes(number), "", ImmutableArray.Create(readings));
    }

    private static string ForEngine(string sql)
    {
        var start = First.ToUnixTimeSeconds();
        string Moment(string seconds) => TestEngine.Name == TestEngine.PostgreSql ? $"to_timestamp({seconds})" : $"({seconds}) * 1000";
        return sql
            .Replace("{started}", Moment($"{start} + i * 40"), StringComparison.Ordinal)
            .Replace("{stopped}", Moment($"{start} + i * 40 + 3600"), StringComparison.Ordinal)
            .Replace("{false}", TestEngine.Name == TestEngine.PostgreSql ? "false" : "0", StringComparison.Ordinal);
    }
}
