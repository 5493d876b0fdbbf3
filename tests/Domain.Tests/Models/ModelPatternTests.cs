using EvCharge.Domain.Models;

namespace EvCharge.DomainTests.Models;

public sealed class ModelPatternTests
{
    private static readonly ModelIdentity Charger = new("ABB", "CDT_TACW22::NET_WIFI", "TAC3Z9::V1.8.21");

    [Theory]
    [InlineData("ABB", null, null, true)]
    [InlineData("abb", "cdt_tacw*", null, true)]
    [InlineData("A*", null, "TAC3Z9::V1.8.21", true)]
    [InlineData("*", null, null, true)]
    [InlineData("AB", null, null, false)]
    [InlineData("ABB", "CDT_TACW22", null, false)]
    [InlineData("ABB", "CDT_TACW*", "TAC3Z9::V1.9*", false)]
    public void Words_are_whole_or_beginnings(string? vendor, string? model, string? firmware, bool matches) =>
        Assert.Equal(matches, new ModelPattern(vendor, model, firmware).Matches(Charger));

    [Fact]
    public void A_firmware_counts_more_than_a_model_and_a_model_more_than_a_vendor()
    {
        ModelPattern[] rising =
        [
            new("A*", null, null), new("ABB", null, null), new("A*", "C*", null), new("ABB", "C*", null), new(null, "CDT_*", null),
            new("A*", "CDT_TACW22::NET_WIFI", null), new(null, null, "TAC*"), new("ABB", "C*", "TAC*"),
        ];

        Assert.Equal(rising, rising.Reverse().OrderBy(pattern => pattern.Specificity));
    }
}
