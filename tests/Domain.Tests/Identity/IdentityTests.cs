using EvCharge.Domain.Identity;

namespace EvCharge.DomainTests.Identity;

public sealed class IdentityTests
{
    [Theory]
    [InlineData("CP1")]
    [InlineData("DE*ABC*E1234_a=b:c+d|e@f.g-h")]
    public void A_charger_name_of_the_grammar_is_taken(string name)
    {
        Assert.True(ChargerId.TryParse(TenantId.Default, name, out var charger));
        Assert.Equal(charger, ChargerId.FromKey(charger.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("é")]
    [InlineData("CP1\n")]
    [InlineData("1234567890123456789012345678901234567890123456789")]
    public void Any_other_charger_name_is_refused(string? name) =>
        Assert.False(ChargerId.TryParse(TenantId.Default, name, out _));

    [Theory]
    [InlineData("acme-1", true)]
    [InlineData("Acme", false)]
    [InlineData("a_b", false)]
    [InlineData("", false)]
    [InlineData("12345678901234567890123456789012345678901", false)]
    public void A_tenant_is_lower_case(string text, bool valid) =>
        Assert.Equal(valid, TenantId.TryParse(text, out _));

    [Fact]
    public void A_connector_key_reads_back() =>
        Assert.Equal(
            new ConnectorId(new ChargerId(new TenantId("t"), "A.B"), 12),
            ConnectorId.FromKey("t/A.B/12"));

    [Fact]
    public void Tags_compare_without_case_and_keep_their_spelling()
    {
        Assert.Equal(new IdTag("abC"), new IdTag("ABc"));
        Assert.Equal(new IdTag("abC").GetHashCode(), new IdTag("ABc").GetHashCode());
        Assert.Equal("abC", new IdTag("abC").ToString());
        Assert.Equal("ABC", new IdTag("abC").Key);
    }
}
