using EvCharge.History.Configuration;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Configuration;

/// <summary>Two processes change the configuration of one database at the same moment.</summary>
[Trait(TestEngine.Trait, TestEngine.PostgreSql)]
public sealed class SharedConfigurationTests
{
    private const int Rounds = 50;

    [Fact]
    public async Task Of_two_who_add_a_user_one_does()
    {
        await using var history = await TestHistory.CreatePostgreSql();
        await using var other = TestHistory.Open(history.Database);
        for (var round = 0; round < Rounds; round++)
        {
            Task<WriteResult> Add(TestHistory process, string hash) =>
                process.Configuration.PutUser(Tenant, new UserConfiguration($"u{round}", hash, "guest", false, false), ConfigurationStore.Absent);

            var results = await Task.WhenAll(Add(history, "one"), Add(other, "two"));

            Assert.Equal([WriteOutcome.Created, WriteOutcome.Conflict], results.Select(result => result.Outcome).Order());
        }
    }

    [Fact]
    public async Task Of_two_who_replace_a_row_at_its_version_one_does()
    {
        await using var history = await TestHistory.CreatePostgreSql();
        await using var other = TestHistory.Open(history.Database);
        var version = (await Put(history, "first", null)).RowVersion;
        for (var round = 0; round < Rounds; round++)
        {
            var results = await Task.WhenAll(Put(history, $"one {round}", version), Put(other, $"two {round}", version));

            Assert.Equal([WriteOutcome.Replaced, WriteOutcome.Conflict], results.Select(result => result.Outcome).Order());
            version = results.Max(result => result.RowVersion);
        }
    }

    [Fact]
    public async Task Two_who_put_the_same_new_row_both_succeed()
    {
        await using var history = await TestHistory.CreatePostgreSql();
        await using var other = TestHistory.Open(history.Database);
        for (var round = 0; round < Rounds; round++)
        {
            var results = await Task.WhenAll(Put(history, "one", null, $"s{round}"), Put(other, "two", null, $"s{round}"));

            Assert.Equal([WriteOutcome.Created, WriteOutcome.Replaced], results.Select(result => result.Outcome).Order());
        }
    }

    private static Task<WriteResult> Put(TestHistory process, string name, long? expected, string site = "s") =>
        process.Configuration.PutSite(Tenant, new SiteConfiguration(site, name, "UTC", "A", null, null, null), expected);
}
