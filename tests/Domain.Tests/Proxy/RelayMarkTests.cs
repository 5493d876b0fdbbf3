using EvCharge.Domain.Proxy;

namespace EvCharge.DomainTests.Proxy;

public sealed class RelayMarkTests
{
    [Theory]
    [InlineData("1.1 evcharge", true)]
    [InlineData("1.1 EvCharge", true)]
    [InlineData("1.1 front.example:8080 (nginx), 1.1 evcharge", true)]
    [InlineData("HTTP/1.1 evcharge, 1.0 cache", true)]
    [InlineData("", false)]
    [InlineData("1.1 front.example", false)]
    [InlineData("1.1 evcharge.example", false)]
    [InlineData("evcharge", false)]
    [InlineData(" , ,", false)]
    public void A_relayed_connection_is_known_by_its_mark_whatever_proxies_added(string via, bool relayed) =>
        Assert.Equal(relayed, RelayMark.IsIn(via));

    [Fact]
    public void What_is_sent_is_what_is_looked_for() => Assert.True(RelayMark.IsIn(RelayMark.Ours));
}
