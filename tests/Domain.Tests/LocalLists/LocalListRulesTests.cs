using System.Collections.Immutable;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.Domain.LocalLists;

namespace EvCharge.DomainTests.LocalLists;

public sealed class LocalListRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TagRights Good = new("Accepted", null, null, []);

    [Fact]
    public void It_holds_who_may_charge_there_and_who_is_blocked()
    {
        var (entries, leftOut) = LocalListRules.Wanted(
            [
                Tag("B", Good), Tag("a", Good with { Sites = ["S1"] }), Tag("elsewhere", Good with { Sites = ["S2"] }),
                Tag("late", Good with { Expiry = Now }), Tag("bad", Good with { Status = "Blocked" }),
                Tag("unknown", Good with { Status = "Invalid" }), Tag("grouped", Good with { Parent = "bad" }),
            ],
            "S1", Now, 100);

        Assert.Equal([("a", "Accepted"), ("B", "Accepted"), ("bad", "Blocked"), ("grouped", "Blocked")], entries.Select(Short));
        Assert.Equal(0, leftOut);
    }

    [Fact]
    public void A_tag_that_no_charger_can_read_and_those_without_room_are_left_out_the_blocked_ones_first()
    {
        var (entries, leftOut) = LocalListRules.Wanted(
            [Tag("A", Good with { Status = "Blocked" }), Tag("B", Good), Tag("C", Good), Tag(new string('x', 21), Good)], "", Now, 2);

        Assert.Equal(["B", "C"], entries.Select(entry => entry.Tag.Value));
        Assert.Equal(2, leftOut);
    }

    [Fact]
    public void An_entry_says_what_can_be_sent()
    {
        var (entries, _) = LocalListRules.Wanted(
            [Tag("A", Good with { Expiry = Now.AddDays(1).AddMilliseconds(7), Parent = new string('g', 21) })], "", Now, 9);

        Assert.Equal(new LocalListEntry(new IdTag("A"), "Accepted", Now.AddDays(1), null), Assert.Single(entries));
    }

    [Fact]
    public void What_is_not_known_is_replaced_and_a_long_list_goes_on_in_parts()
    {
        var wanted = List("A", "B", "C", "D", "E");

        var updates = Updates(null, wanted, most: 2);

        Assert.Equal(["full +A+B", "part +C+D", "part +E"], updates.Select(Short));
    }

    [Fact]
    public void What_is_taken_away_goes_before_what_is_added()
    {
        var wanted = List("A", "N1", "N2").SetItem(0, Entry("A", "Blocked"));

        var updates = Updates(List("A", "OLD1", "OLD2"), wanted, most: 2);

        Assert.Equal(["part -OLD1-OLD2", "part +A+N1", "part +N2"], updates.Select(Short));
    }

    [Fact]
    public void Nothing_is_sent_when_it_holds_what_it_should()
    {
        Assert.Null(LocalListRules.Next(List("A", "B"), List("A", "B"), 10));
        Assert.Null(LocalListRules.Next([], [], 10));
        Assert.Equal("full ", Short(LocalListRules.Next(null, [], 10)!));
        Assert.Equal("part +a", Short(LocalListRules.Next(List("A"), [Entry("a", "Blocked")], 10)!));
    }

    /// <summary>From any list to any other, whatever a message may have, and never more than it may.</summary>
    [Fact]
    public void Every_list_becomes_every_other()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var (before, after, most) = (Drawn(random), Drawn(random), random.Next(1, 5));
            var held = before;
            foreach (var update in Updates(random.Next(4) == 0 ? null : before, after, most))
            {
                Assert.InRange(update.Put.Length + update.Removed.Length, update.Full ? 0 : 1, most);
                held = update.On(held);
            }

            Assert.Equal(after.AsEnumerable(), held);
        }
    }

    [Theory]
    [InlineData("Accepted", "Blocked", true)]
    [InlineData("Accepted", "Accepted", false)]
    [InlineData("Blocked", "Invalid", false)]
    [InlineData("Blocked", "Accepted", false)]
    public void A_status_revokes_what_was_accepted(string before, string after, bool revokes) =>
        Assert.Equal(revokes, LocalListRules.Revokes(Good with { Status = before }, Good with { Status = after }));

    [Fact]
    public void Less_time_fewer_places_another_group_and_the_end_revoke_and_more_of_them_does_not()
    {
        var bound = Good with { Expiry = Now, Sites = ["S1", "S2"], Parent = "G" };
        Assert.True(LocalListRules.Revokes(Good, null));
        Assert.True(LocalListRules.Revokes(Good, Good with { Expiry = Now }));
        Assert.True(LocalListRules.Revokes(bound, bound with { Expiry = Now.AddSeconds(-1) }));
        Assert.True(LocalListRules.Revokes(Good, Good with { Sites = ["S1"] }));
        Assert.True(LocalListRules.Revokes(bound, bound with { Sites = ["S1", "S3"] }));
        Assert.True(LocalListRules.Revokes(bound, bound with { Parent = "H" }));
        Assert.False(LocalListRules.Revokes(bound, bound with { Expiry = Now.AddDays(1), Sites = ["S1", "S2", "S3"], Parent = "g" }));
        Assert.False(LocalListRules.Revokes(bound, bound with { Expiry = null, Sites = [] }));
    }

    private static IReadOnlyList<LocalListUpdate> Updates(ImmutableArray<LocalListEntry>? held, ImmutableArray<LocalListEntry> wanted, int most)
    {
        List<LocalListUpdate> updates = [];
        while (LocalListRules.Next(held, wanted, most) is { } update)
        {
            Assert.True(updates.Count < 100, "It never ends.");
            updates.Add(update);
            held = update.On(held ?? []);
        }

        return updates;
    }

    private static ImmutableArray<LocalListEntry> Drawn(Random random) =>
    [
        .. Enumerable.Range(0, 12).Where(_ => random.Next(2) == 0)
            .Select(number => Entry($"T{(char)('A' + number)}", random.Next(3) == 0 ? "Blocked" : "Accepted")),
    ];

    private static (IdTag Tag, TagRights Rights) Tag(string name, TagRights rights) => (new IdTag(name), rights);

    private static LocalListEntry Entry(string tag, string status) => new(new IdTag(tag), status, null, null);

    private static ImmutableArray<LocalListEntry> List(params string[] tags) => [.. tags.Select(tag => Entry(tag, "Accepted"))];

    private static (string Tag, string Status) Short(LocalListEntry entry) => (entry.Tag.Value, entry.Status);

    private static string Short(LocalListUpdate update) => (update.Full ? "full " : "part ")
        + string.Concat(update.Removed.Select(tag => $"-{tag}")) + string.Concat(update.Put.Select(entry => $"+{entry.Tag}"));
}
