using EvCharge.Domain.Identity;
using EvCharge.History.Audit;
using EvCharge.History.Configuration;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Audit;

public sealed class AuditLogTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static readonly SiteConfiguration Home = new("home", "Home", "UTC", "A", 63, null, null);

    [Fact]
    public async Task A_change_is_on_record_with_its_author_and_what_was_before_and_after()
    {
        await using var history = await Create();
        await history.Configuration.PutSite(Tenant, Home, null);
        await As("ann", "putSite", () => history.Configuration.PutSite(Tenant, Home with { Limit = 32 }, null));
        await As("ann", "deleteSite", () => history.Configuration.DeleteSite(new SiteId(Tenant, "home"), null));

        var entries = await Entries(history);

        Assert.Equal([1, 2, 3], entries.Select(entry => entry.Number));
        Assert.Equal(["system", "ann", "ann"], entries.Select(entry => entry.Author));
        Assert.Equal(["system", "putSite", "deleteSite"], entries.Select(entry => entry.Action));
        Assert.All(entries, entry => Assert.Equal("sites/home", entry.Target));
        Assert.Null(entries[0].Before);
        Assert.Contains("\"limit_value\":63", entries[1].Before, StringComparison.Ordinal);
        Assert.Contains("\"limit_value\":32", entries[1].After, StringComparison.Ordinal);
        Assert.Equal(entries[1].After, entries[2].Before);
        Assert.Null(entries[2].After);
        Assert.Equal(new AuditVerdict(3, null, entries[2].Hash), await history.Audit.Verify(Tenant, Cancelled));
    }

    [Fact]
    public async Task What_is_refused_is_not_on_record()
    {
        await using var history = await Create();

        await history.Configuration.PutSite(Tenant, Home, 77);
        await history.Configuration.DeleteSite(new SiteId(Tenant, "nowhere"), null);

        Assert.Empty(await Entries(history));
    }

    [Fact]
    public async Task Of_a_secret_only_that_it_changed_is_on_record()
    {
        await using var history = await Create();
        var user = new UserConfiguration("ann", "hash-of-one", "guest", false, false);
        await history.Configuration.PutUser(Tenant, user, null);
        await history.Configuration.PutUser(Tenant, user with { PasswordHash = "hash-of-two" }, null);

        var last = (await Entries(history))[^1];

        Assert.DoesNotContain("hash-of", last.Before + last.After, StringComparison.Ordinal);
        Assert.NotEqual(last.Before, last.After);
    }

    [Theory]
    [InlineData("UPDATE audit SET author = 'bob' WHERE number = 3", 3)]
    [InlineData("UPDATE audit SET after_change = '{}' WHERE number = 2", 2)]
    [InlineData("UPDATE audit SET hash = (SELECT a.hash FROM audit a WHERE a.number = 1) WHERE number = 4", 4)]
    [InlineData("DELETE FROM audit WHERE number = 2", 3)]
    [InlineData("DELETE FROM audit WHERE number = 1", 2)]
    public async Task Who_tampers_with_an_entry_breaks_the_chain_there(string sql, long brokenAt)
    {
        await using var history = await Create();
        for (var limit = 1; limit <= 5; limit++)
        {
            await history.Configuration.PutSite(Tenant, Home with { Limit = limit }, null);
        }

        await history.Execute(sql);

        Assert.Equal(brokenAt, (await history.Audit.Verify(Tenant, Cancelled)).BrokenAt);
    }

    [Fact]
    public async Task An_entry_that_was_cut_off_at_the_end_shows_in_the_head()
    {
        await using var history = await Create();
        await history.Configuration.PutSite(Tenant, Home, null);
        await history.Configuration.PutSite(Tenant, Home with { Limit = 1 }, null);
        var head = (await history.Audit.Verify(Tenant, Cancelled)).Head;

        await history.Execute("DELETE FROM audit WHERE number = 2");

        var cut = await history.Audit.Verify(Tenant, Cancelled);
        Assert.Null(cut.BrokenAt);
        Assert.NotEqual(head, cut.Head);
    }

    [Fact]
    public async Task Entries_made_at_the_same_time_make_one_chain_for_each_tenant()
    {
        await using var history = await Create();
        var other = new TenantId("other");
        var scope = new AuditScope("ann", "10.0.0.1", "callCharger", "chargers/CP1/calls/Reset");

        await Task.WhenAll(Enumerable.Range(0, 200).Select(turn => history.Audit.Append(turn % 2 == 0 ? Tenant : other, scope)));

        Assert.Equal(100, (await history.Audit.Verify(Tenant, Cancelled)).Entries);
        Assert.Equal((100, null), ((await history.Audit.Verify(other, Cancelled)).Entries, (await history.Audit.Verify(other, Cancelled)).BrokenAt));
    }

    [Fact]
    public async Task Entries_are_found_by_author_action_and_time()
    {
        await using var history = await Create();
        await As("ann", "putSite", () => history.Configuration.PutSite(Tenant, Home, null));
        history.Clock.Advance(TimeSpan.FromHours(1));
        await As("bob", "putSite", () => history.Configuration.PutSite(Tenant, Home with { Limit = 1 }, null));
        var hour = history.Clock.GetUtcNow();

        Assert.Equal([2, 1], await Found(new AuditFilter(null, "putSite", null, null)));
        Assert.Equal([1], await Found(new AuditFilter("ann", null, null, null)));
        Assert.Equal([2], await Found(new AuditFilter(null, null, hour, null)));
        Assert.Equal([1], await Found(new AuditFilter(null, null, null, hour)));
        Assert.Equal([1], (await history.Audit.List(Tenant, new AuditFilter(null, null, null, null), 2, 10)).Select(entry => entry.Number));

        async Task<IEnumerable<long>> Found(AuditFilter filter) =>
            (await history.Audit.List(Tenant, filter, null, 10)).Select(entry => entry.Number);
    }

    private static async Task As(string author, string action, Func<Task> work)
    {
        new AuditScope(author, null, action, "").Enter();
        await work();
    }

    private static async Task<List<AuditEntry>> Entries(TestHistory history) => await history.Audit.All(Tenant, Cancelled).ToListAsync(Cancelled);
}
