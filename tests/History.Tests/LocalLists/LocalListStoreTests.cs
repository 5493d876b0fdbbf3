using EvCharge.Domain.Identity;
using EvCharge.Domain.LocalLists;
using EvCharge.History.Configuration;

namespace EvCharge.HistoryTests.LocalLists;

public sealed class LocalListStoreTests
{
    private static readonly TenantId Tenant = TestHistory.Tenant;
    private static readonly ChargerId Charger = new(Tenant, "CP1");
    private static readonly ChargerId Neighbour = new(Tenant, "CP2");

    [Fact]
    public async Task Updates_that_the_charger_took_change_the_entries_and_others_do_not()
    {
        await using var history = await TestHistory.Create();
        var (store, now) = (history.LocalLists, history.Clock.GetUtcNow());
        await store.Answered(Neighbour, 1, Full("A"), "Accepted", "", now);

        await store.Answered(Charger, 1, Full("A", "B", "C"), "Accepted", "", now);
        await store.Answered(Charger, 2, new LocalListUpdate(false, [Entry("b", "Blocked"), Entry("D")], [new IdTag("a")]), "Accepted", "", now);
        await store.Answered(Charger, 3, Full("Z"), "Failed", "", now);
        await store.Answered(Charger, 1, new LocalListUpdate(false, [Entry("LATE")], []), "Accepted", "", now);

        Assert.Equal(["b Blocked", "C Accepted", "D Accepted"], (await store.Entries(Charger)).Select(each => $"{each.Tag} {each.Status}"));
        var state = await store.Find(Charger);
        Assert.Equal((2, false, "Failed", now), (state.Version, state.Known, state.Outcome, state.At));
        Assert.Equal("A", Assert.Single(await store.Entries(Neighbour)).Tag.Value);
    }

    [Fact]
    public async Task An_entry_comes_back_as_it_was_sent_and_in_pages()
    {
        await using var history = await TestHistory.Create();
        var (store, now) = (history.LocalLists, history.Clock.GetUtcNow());
        var whole = new LocalListEntry(new IdTag("b"), "Accepted", now, "GROUP");
        await store.Answered(Charger, 1, new LocalListUpdate(true, [Entry("C"), whole, Entry("A")], []), "Accepted", "", now);

        var first = await store.Entries(Charger, null, 2);
        var second = await store.Entries(Charger, first[^1].Tag.Key, 2);

        Assert.Equal(["A", "b"], first.Select(each => each.Tag.Value));
        Assert.Equal(whole, first[1]);
        Assert.Equal("C", Assert.Single(second).Tag.Value);
    }

    [Fact]
    public async Task Changes_of_tags_are_counted_and_lost_rights_beside_them()
    {
        await using var history = await TestHistory.Create();
        var (tags, store) = (history.Configuration, history.LocalLists);
        Assert.Equal(default, await store.Revision(Tenant));

        await tags.PutTag(Tenant, Tag("A"), null);
        var made = await store.Revision(Tenant);
        await tags.PutTag(Tenant, Tag("A") with { Status = "Blocked" }, null);
        var blocked = await store.Revision(Tenant);
        await tags.PutTag(Tenant, Tag("B"), null);
        var second = await store.Revision(Tenant);
        await tags.DeleteTag(Tenant, new IdTag("b"), null);
        var deleted = await store.Revision(Tenant);

        Assert.Equal(0, made.Revoked);
        Assert.True(made.Changed > 0);
        Assert.True(blocked.Changed > made.Changed);
        Assert.Equal(blocked.Changed, blocked.Revoked);
        Assert.Equal((true, blocked.Revoked), (second.Changed > blocked.Changed, second.Revoked));
        Assert.Equal((true, deleted.Changed), (deleted.Changed > second.Changed, deleted.Revoked));
        Assert.Equal(default, await store.Revision(new TenantId("other")));
    }

    [Fact]
    public async Task Doubt_has_the_charger_asked_again_and_a_deleted_charger_is_forgotten()
    {
        await using var history = await TestHistory.Create();
        var (store, now) = (history.LocalLists, history.Clock.GetUtcNow());
        await history.Configuration.PutCharger(Tenant, new ChargerConfiguration("CP1", null, 0, null, null, []), null);
        await store.Answered(Charger, 4, Full("A"), "Accepted", "", now);
        await store.Change(Charger, state => state with { Revision = 9, UnsupportedBy = "1.0" });

        await store.Doubt(Charger, whole: false);
        var doubted = await store.Find(Charger);
        Assert.Equal((true, 0L, null, 4), (doubted.Known, doubted.Revision, doubted.UnsupportedBy, doubted.Version));
        await store.Doubt(Charger, whole: true);
        Assert.False((await store.Find(Charger)).Known);

        await history.Configuration.DeleteCharger(Charger, null);
        Assert.Equal(LocalListState.Unknown, await store.Find(Charger));
        Assert.Empty(await store.Entries(Charger));
    }

    private static TagConfiguration Tag(string name) => new(name, "Accepted", null, null, [], null, null);

    private static LocalListEntry Entry(string tag, string status = "Accepted") => new(new IdTag(tag), status, null, null);

    private static LocalListUpdate Full(params string[] tags) => new(true, [.. tags.Select(tag => Entry(tag))], []);
}
