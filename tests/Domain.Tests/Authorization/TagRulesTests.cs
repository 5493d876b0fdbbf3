using EvCharge.Domain.Authorization;

namespace EvCharge.DomainTests.Authorization;

public sealed class TagRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TagRights Tag = new("Accepted", null, "GROUP", [], "van-1");
    private static readonly TagStanding Group = new("Accepted", null);

    [Fact]
    public void An_accepted_tag_carries_its_group_and_vehicle()
    {
        var decision = TagRules.Decide(Tag, null, "S1", Now);
        Assert.True(decision.Accepted);
        Assert.Equal("GROUP", decision.Parent);
        Assert.Equal("van-1", decision.Vehicle);
    }

    [Theory]
    [InlineData("Blocked")]
    [InlineData("Expired")]
    [InlineData("Invalid")]
    public void A_stored_refusal_stands(string status) =>
        Assert.Equal(status, TagRules.Decide(Tag with { Status = status }, Group, "S1", Now).Status);

    [Fact]
    public void A_tag_ends_at_its_expiry_and_not_before()
    {
        Assert.Equal("Expired", TagRules.Decide(Tag with { Expiry = Now }, null, "S1", Now).Status);
        Assert.True(TagRules.Decide(Tag with { Expiry = Now.AddTicks(1) }, null, "S1", Now).Accepted);
    }

    [Fact]
    public void A_tag_bound_to_sites_is_invalid_elsewhere()
    {
        var bound = Tag with { Sites = ["S2", "S3"] };
        Assert.Equal("Invalid", TagRules.Decide(bound, null, "S1", Now).Status);
        Assert.Equal("Invalid", TagRules.Decide(bound, null, "", Now).Status);
        Assert.True(TagRules.Decide(bound, null, "S3", Now).Accepted);
    }

    [Theory]
    [InlineData("Blocked")]
    [InlineData("Expired")]
    [InlineData("Invalid")]
    public void What_a_group_is_refused_its_tags_are(string status)
    {
        Assert.Equal(status, TagRules.Decide(Tag, Group with { Status = status }, "S1", Now).Status);
        Assert.Equal("Blocked", TagRules.Decide(Tag with { Status = "Blocked" }, Group with { Status = status }, "S1", Now).Status);
    }

    [Fact]
    public void The_earlier_end_of_tag_and_group_is_the_tags()
    {
        Assert.Equal("Expired", TagRules.Decide(Tag, Group with { Expiry = Now }, "S1", Now).Status);
        Assert.Equal(Now.AddDays(1), TagRules.Decide(Tag with { Expiry = Now.AddDays(2) }, Group with { Expiry = Now.AddDays(1) }, "", Now).Expiry);
        Assert.Equal(Now.AddDays(1), TagRules.Decide(Tag with { Expiry = Now.AddDays(1) }, Group with { Expiry = Now.AddDays(2) }, "", Now).Expiry);
        Assert.Equal(Now.AddDays(1), TagRules.Decide(Tag, Group with { Expiry = Now.AddDays(1) }, "", Now).Expiry);
        Assert.Equal(Now.AddDays(1), TagRules.Decide(Tag with { Expiry = Now.AddDays(1) }, Group, "", Now).Expiry);
    }

    [Fact]
    public void Tags_are_of_one_group_only_when_both_name_it()
    {
        Assert.True(TagRules.SameGroup(new TagDecision("Accepted", null, "Fleet"), new TagDecision("Blocked", null, "FLEET")));
        Assert.False(TagRules.SameGroup(new TagDecision("Accepted", null, "Fleet"), new TagDecision("Accepted", null, "Staff")));
        Assert.False(TagRules.SameGroup(new TagDecision("Accepted"), new TagDecision("Accepted")));
    }
}
