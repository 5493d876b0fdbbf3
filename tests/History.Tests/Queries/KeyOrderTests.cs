using System.Text;
using EvCharge.Domain.Identity;
using EvCharge.History;
using EvCharge.History.Configuration;
using EvCharge.History.Migrations;
using EvCharge.Servers;
using EvCharge.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Queries;

/// <summary>Pages by key follow the order of bytes in UTF-8, on every engine and in whatever language its database is.</summary>
public sealed class KeyOrderTests
{
    /// <summary>English puts a before B and ä before z; UTF-16 puts the smiley before the last one.</summary>
    private static readonly string[] Names = ["a", "B", "Z", "z", "ä", "Ä", "é", "a-1", "a_1", "a1", "日", "\U0001F600", "\uFFFD"];

    [Fact]
    public async Task Of_the_engine_that_the_tests_run_on()
    {
        await using var history = await TestHistory.Create();

        await AssertPages(history);
    }

    [Fact]
    [Trait(TestEngine.Trait, TestEngine.PostgreSql)]
    public async Task Of_a_server_whose_language_is_English()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed.");
        var server = await PostgresServer.Shared();
        await Execute(server, "CREATE DATABASE english TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'");
        var options = new HistoryOptions { Database = DatabaseLocation.PostgreSql(server.ConnectionString("english")) };
        await MigrationsRunner.Run(options, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        await using var history = TestHistory.Open(options.Database);
        Assert.True(await history.Scalar<bool>("SELECT 'a' < 'B'"), "The database orders by bytes anyway.");

        await AssertPages(history);
    }

    private static async Task AssertPages(TestHistory history)
    {
        foreach (var name in Names)
        {
            await history.Configuration.PutSite(Tenant, new SiteConfiguration(name, name, "UTC", "A", null, null, null), null);
        }

        var read = new List<string>();
        while (await history.Configuration.Sites(SiteScope.All(Tenant), read.LastOrDefault(), 2) is { Count: > 0 } page)
        {
            read.AddRange(page.Select(site => site.Value.Site));
        }

        // SQL Server compares the halves that UTF-16 makes of a character; the others, the bytes of UTF-8.
        var expected = TestEngine.Name == TestEngine.SqlServer
            ? Names.Order(StringComparer.Ordinal)
            : Names.OrderBy(name => Convert.ToHexString(Encoding.UTF8.GetBytes(name)), StringComparer.Ordinal);
        Assert.Equal(expected, read);
    }

    private static async Task Execute(PostgresServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres"));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
