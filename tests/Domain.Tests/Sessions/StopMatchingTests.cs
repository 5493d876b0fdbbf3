using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;

namespace EvCharge.DomainTests.Sessions;

public sealed class StopMatchingTests
{
    private static readonly Transaction Open = new Session().Start(tag: "Tag-1", meter: 1000)!;

    [Theory]
    [InlineData(-1L)]
    [InlineData(0L)]
    [InlineData(long.MaxValue)]
    [InlineData(int.MaxValue + 1L)]
    public void An_impossible_id_means_the_only_open_transaction(long raw) =>
        Assert.Equal(Open, StopMatching.Match(raw, new IdTag("TAG-1"), 1200, null, [Open]));

    [Fact]
    public void An_issuable_id_means_the_transaction_that_bears_it_and_no_other()
    {
        Assert.Equal(Open, StopMatching.Match(Open.OcppId, IdTag.None, null, Open, []));
        Assert.Null(StopMatching.Match(4711, IdTag.None, 1200, null, [Open]));
    }

    [Fact]
    public void An_impossible_id_closes_nothing_when_tag_or_meter_or_count_do_not_fit()
    {
        Assert.Null(StopMatching.Match(-1, new IdTag("other"), 1200, null, [Open]));
        Assert.Null(StopMatching.Match(-1, IdTag.None, 999, null, [Open]));
        Assert.Null(StopMatching.Match(-1, IdTag.None, 1200, null, []));
        Assert.Null(StopMatching.Match(-1, IdTag.None, 1200, null, [Open, Open with { Id = 2 }]));
        Assert.Equal(Open, StopMatching.Match(-1, IdTag.None, null, null, [Open]));
    }

    [Fact]
    public void A_tag_of_the_same_group_fits_as_the_tag_itself_does()
    {
        Assert.Equal(Open, StopMatching.Match(-1, new IdTag("other"), 1200, null, [Open], sameGroup: true));
        Assert.Null(StopMatching.Match(-1, new IdTag("other"), 999, null, [Open], sameGroup: true));
    }
}
