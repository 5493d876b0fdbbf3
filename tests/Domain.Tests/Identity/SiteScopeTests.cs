using EvCharge.Domain.Identity;

namespace EvCharge.DomainTests.Identity;

public sealed class SiteScopeTests
{
    private static readonly TenantId Tenant = new("acme");

    [Theory]
    [InlineData("a", true)]
    [InlineData("A", false)]
    [InlineData("b", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Some_sites_cover_themselves_alone(string? site, bool covered)
    {
        Assert.Equal(covered, SiteScope.Of(Tenant, ["a", "c"]).Covers(site));
        Assert.True(SiteScope.All(Tenant).Covers(site));
        Assert.False(SiteScope.Of(Tenant, []).Covers(site));
    }

    [Fact]
    public void Scopes_are_equal_by_what_they_cover()
    {
        var some = SiteScope.Of(Tenant, ["c", "a", "a"]);

        Assert.Equal(SiteScope.Of(Tenant, ["a", "c"]), some);
        Assert.Equal(SiteScope.Of(Tenant, ["a", "c"]).GetHashCode(), some.GetHashCode());
        Assert.Equal(SiteScope.All(Tenant), SiteScope.Of(Tenant, null));
        foreach (var other in (SiteScope[])[SiteScope.All(Tenant), SiteScope.Of(Tenant, []), SiteScope.Of(Tenant, ["a"]), SiteScope.Of(new TenantId("other"), ["a", "c"])])
        {
            Assert.NotEqual(other, some);
        }
    }
}
