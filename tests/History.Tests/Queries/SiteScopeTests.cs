using EvCharge.Domain.Identity;
using EvCharge.History.Chargers;
using EvCharge.History.Configuration;
using EvCharge.History.Files;
using EvCharge.HistoryTests.Sessions;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Queries;

/// <summary>What a scope lets be seen, on the engine that the tests run on. Every list of the API is looked at in its tests.</summary>
public sealed class SiteScopeTests
{
    private static readonly SiteScope Some = SiteScope.Of(Tenant, ["a", "c", "nowhere"]);
    private static readonly SiteScope None = SiteScope.Of(Tenant, []);

    [Fact]
    public async Task Sites_chargers_and_the_overview_are_those_of_the_scope()
    {
        await using var history = await Peopled();

        Assert.Equal(["a", "c"], (await history.Configuration.Sites(Some, null, 9)).Select(site => site.Value.Site));
        Assert.Equal(["c"], (await history.Configuration.Sites(Some, "a", 9)).Select(site => site.Value.Site));
        Assert.Equal(["CA", "CC"], await Chargers(Some, null));
        Assert.Equal(["CC"], await Chargers(Some, "c"));
        Assert.Empty(await Chargers(Some, "b"));
        Assert.Equal(["CA", "CB", "CC", "CX"], await Chargers(SiteScope.All(Tenant), null));
        Assert.Equal(["a", "c"], (await history.Live.Sites(Some)).Select(site => site.Site));
        Assert.Equal(["", "a", "b", "c"], (await history.Live.Sites(SiteScope.All(Tenant))).Select(site => site.Site));
        Assert.Empty(await history.Configuration.Sites(None, null, 9));
        Assert.Empty(await Chargers(None, null));
        Assert.Empty(await history.Live.Sites(None));
        Assert.Empty(await history.Configuration.Sites(SiteScope.Of(new TenantId("other"), ["a"]), null, 9));

        async Task<IEnumerable<string>> Chargers(SiteScope scope, string? site) =>
            (await history.Fleet.Chargers(scope, site, null, 9)).Select(charger => charger.Configuration.Value.Charger);
    }

    [Fact]
    public async Task Events_and_files_go_with_their_charger_wherever_it_was()
    {
        await using var history = await Peopled();
        var files = history.Service<FileStore>();
        foreach (var charger in (string?[])["CA", "CB", "CX", null])
        {
            await history.Chargers.RecordEvent(Tenant, new EventRecord(Facts.Noon, "superseded", charger, charger ?? "the tenant"));
            var kind = charger is null ? FileKind.Firmware : FileKind.Upload;
            var id = await files.Begin(Tenant, new StoredFile(0, kind, charger ?? "firmware", 0, "", Facts.Noon, "x", charger, null));
            await files.Complete(Tenant, id, 0, "");
        }

        Assert.Equal(["CA"], await Events(Some));
        Assert.Equal(["the tenant", "CX", "CB", "CA"], await Events(SiteScope.All(Tenant)));
        Assert.Empty(await Events(None));
        Assert.Equal(["CA"], await Files(Some, FileKind.Upload));
        Assert.Equal(["firmware"], await Files(None, FileKind.Firmware));
        var others = (await files.List(SiteScope.All(Tenant), FileKind.Upload, "CB", null, 9)).Single();
        Assert.Null(await files.Find(Some, others.Id));
        Assert.NotNull(await files.Find(SiteScope.All(Tenant), others.Id));

        await Put(history, "CB", "c");
        Assert.Equal(["CB", "CA"], await Events(Some));
        Assert.NotNull(await files.Find(Some, others.Id));

        async Task<IEnumerable<string>> Events(SiteScope scope) => (await history.Fleet.Events(scope, null, null, 9)).Select(row => row.Event.Detail);
        async Task<IEnumerable<string>> Files(SiteScope scope, FileKind kind) => (await files.List(scope, kind, null, null, 9)).Select(file => file.Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a c")]
    public async Task Users_and_keys_keep_their_sites(string? list)
    {
        await using var history = await TestHistory.Create();
        var sites = list?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        await history.Configuration.PutUser(Tenant, new UserConfiguration("u", "hash", "guest", false, false) { Sites = sites }, null);
        await history.Configuration.AddCredential(Tenant, new CredentialConfiguration(
            "id", "key", [1, 2, 3], "api-key/id", "guest", false, null, Facts.Noon, null) { Sites = sites });

        Assert.Equal(sites, (await history.Configuration.User(Tenant, "u"))!.Value.Sites);
        Assert.Equal(sites, (await history.Configuration.Credential([1, 2, 3]))!.Value.Credential.Sites);
        await history.Configuration.PutPreferences(Tenant, "u", new UserPreferences("fr"));
        Assert.Equal(sites, (await history.Configuration.User(Tenant, "u"))!.Value.Sites);
    }

    private static async Task<TestHistory> Peopled()
    {
        var history = await TestHistory.Create();
        foreach (var site in (string[])["a", "b", "c"])
        {
            await history.Configuration.PutSite(Tenant, new SiteConfiguration(site, site, "UTC", "A", null, null, null), null);
            await Put(history, $"C{site.ToUpperInvariant()}", site);
        }

        await Put(history, "CX", null);
        return history;
    }

    private static Task<WriteResult> Put(TestHistory history, string name, string? site) =>
        history.Configuration.PutCharger(Tenant, new ChargerConfiguration(name, site, 0, null, null, [new(1, null)]), null);
}
