using EvCharge.Domain.LocalLists;

namespace EvCharge.DomainTests.LocalLists;

public sealed class LocalListStateTests
{
    private const string Firmware = "1.2";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly LocalListUpdate Full = new(true, [], []);
    private static readonly LocalListUpdate Part = new(false, [], []);
    private static readonly LocalListState Seventh = new() { Version = 7, Known = true };

    [Fact]
    public void A_whole_list_is_known_and_a_part_only_on_what_was_known()
    {
        Assert.Equal((3, true), Known(LocalListState.Unknown.Answered(3, Full, "Accepted", Firmware, Now)));
        Assert.Equal((3, false), Known(LocalListState.Unknown.Answered(3, Part, "Accepted", Firmware, Now)));
        Assert.Equal((8, true), Known(Seventh.Answered(8, Part, "Accepted", Firmware, Now)));
    }

    [Fact]
    public void An_answer_that_comes_after_that_to_a_later_part_changes_nothing()
    {
        Assert.Equal(Seventh, Seventh.Answered(6, Part, "Accepted", Firmware, Now));
        Assert.False(Seventh.Applies(6, Part));
        Assert.Equal((6, true), Known(Seventh.Answered(6, Full, "Accepted", Firmware, Now)));
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("VersionMismatch")]
    [InlineData("NotSupported")]
    public void What_it_holds_after_a_refusal_is_not_known(string outcome)
    {
        var refused = Seventh.Answered(8, Part, outcome, Firmware, Now);

        Assert.Equal((7, false, outcome, Now), (refused.Version, refused.Known, refused.Outcome, refused.At));
        Assert.Equal(outcome == "NotSupported" ? Firmware : null, refused.UnsupportedBy);
    }

    [Fact]
    public void A_charger_with_another_list_gets_the_whole()
    {
        Assert.Equal((7, true), Known(Seventh.Said(7, empty: false, Firmware, Now)));
        Assert.Equal((5, false), Known(Seventh.Said(5, empty: false, Firmware, Now)));
        Assert.Equal((0, false), Known(Seventh.Said(0, empty: false, Firmware, Now)));
    }

    [Fact]
    public void Zero_is_any_empty_list() => Assert.Equal((7, true), Known(Seventh.Said(0, empty: true, Firmware, Now)));

    [Fact]
    public void A_firmware_without_lists_is_remembered_until_it_says_otherwise()
    {
        var without = Seventh.Said(-1, empty: false, Firmware, Now);
        Assert.Equal((Firmware, false), (without.UnsupportedBy, without.Known));
        Assert.Null(without.Said(0, empty: true, Firmware, Now).UnsupportedBy);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(7, 8)]
    [InlineData(-1, 1)]
    [InlineData(int.MaxValue, 1)]
    public void Versions_rise(int version, int next) => Assert.Equal(next, new LocalListState { Version = version }.NextVersion);

    [Fact]
    public void Only_a_cache_that_was_emptied_has_a_time()
    {
        var cleared = Seventh.Cleared("Accepted", Now);
        Assert.Equal((Now, "Accepted"), (cleared.ClearedAt, cleared.ClearOutcome));
        Assert.Equal((Now, "Rejected"), (cleared.Cleared("Rejected", Now.AddDays(1)).ClearedAt, cleared.Cleared("Rejected", Now).ClearOutcome));
    }

    private static (int Version, bool Known) Known(LocalListState state) => (state.Version, state.Known);
}
