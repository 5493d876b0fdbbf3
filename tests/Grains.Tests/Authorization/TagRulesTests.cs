using EvCharge.Grains.Authorization;
using EvCharge.History.Configuration;

namespace EvCharge.GrainsTests.Authorization;

public sealed class TagRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TagConfiguration Tag = new("T", "Accepted", null, "GROUP", [], null, "van-1");

    [Fact]
    public void An_accepted_tag_carries_its_group_and_vehicle()
    {
        var decision = TagRules.Decide(Tag, "S1", Now);
        Assert.True(decision.Accepted);
        Assert.Equal("GROUP", decision.Parent);
        Assert.Equal("van-1", decision.Vehicle);
    }

    [Theory]
    [InlineData("Blocked")]
    [InlineData("Expired")]
    [InlineData("Invalid")]
    public void A_stored_refusal_stands(string status) =>
        Assert.Equal(status, TagRules.Decide(Tag with { Status = status }, "S1", Now).Status);

    [Fact]
    public void A_tag_ends_at_its_expiry_and_not_before()
    {
        Assert.Equal("Expired", TagRules.Decide(Tag with { Expiry = Now }, "S1", Now).Status);
        Assert.True(TagRules.Decide(Tag with { Expiry = Now.AddTicks(1) }, "S1", Now).Accepted);
    }

    [Fact]
    public void A_tag_bound_to_sites_is_invalid_elsewhere()
    {
        var bound = Tag with { Sites = ["S2", "S3"] };
        Assert.Equal("Invalid", TagRules.Decide(bound, "S1", Now).Status);
        Assert.Equal("Invalid", TagRules.Decide(bound, "", Now).Status);
        Assert.True(TagRules.Decide(bound, "S3", Now).Accepted);
    }
}
