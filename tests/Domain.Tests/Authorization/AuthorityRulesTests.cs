using EvCharge.Domain.Authorization;

namespace EvCharge.DomainTests.Authorization;

public sealed class AuthorityRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Takeover Held = new(AuthorityKind.Manual, Now.AddHours(1), TimeSpan.FromSeconds(15), AuthorizationDefault.Tags);
    private static readonly Takeover Over = Held with { Until = Now };

    [Fact]
    public void A_takeover_ends_by_itself()
    {
        Assert.Equal(Held, AuthorityRules.InForce(null, Held, Now));
        Assert.Null(AuthorityRules.InForce(Over, Over, Now));
        Assert.Null(AuthorityRules.InForce(null, null, Now));
    }

    [Fact]
    public void The_chargers_own_comes_before_its_sites_as_long_as_it_holds()
    {
        var ofSite = Held with { Kind = AuthorityKind.Accept };
        Assert.Equal(Held, AuthorityRules.InForce(Held, ofSite, Now));
        Assert.Equal(ofSite, AuthorityRules.InForce(Over, ofSite, Now));
    }

    [Fact]
    public void A_default_accepts_rejects_or_leaves_it_to_the_tag()
    {
        var byTags = new TagDecision("Expired", Now, "GROUP", "van-1");
        Assert.Equal(
            new TagDecision("Accepted", Now.AddHours(1), "GROUP", "van-1"), AuthorizationDefault.Decide("accept", byTags, Now.AddHours(1)));
        Assert.Equal(new TagDecision("Blocked", null, "GROUP", "van-1"), AuthorizationDefault.Decide("reject", byTags));
        Assert.Equal(byTags, AuthorizationDefault.Decide("tags", byTags));
    }
}
