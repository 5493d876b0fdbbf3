using EvCharge.Grains.Chargers.V16;

namespace EvCharge.GrainsTests.Chargers;

public sealed class VendorMessagesTests
{
    [Theory]
    [InlineData("""{"a":{"b":"x"}}""", "a.b", "x")]
    [InlineData("""{"a":7}""", "a", "7")]
    [InlineData("""{"a":{"b":"x"}}""", "a", null)]
    [InlineData("""{"a":[1]}""", "a.b", null)]
    [InlineData("""{"a":null}""", "a", null)]
    [InlineData("""{"a":"x"}""", "b", null)]
    [InlineData("""["a"]""", "a", null)]
    [InlineData("""{"a":"\ud800"}""", "a", null)] // half a character
    [InlineData("no JSON", "a", null)]
    [InlineData("", "a", null)]
    [InlineData("no JSON", null, "no JSON")]
    [InlineData(null, "a", null)]
    [InlineData(null, null, null)]
    public void A_path_leads_to_a_text_or_to_nothing(string? data, string? path, string? text) =>
        Assert.Equal(text, VendorMessages.TextAt(data, path));

    [Fact]
    public void Data_that_is_nested_without_end_says_nothing() =>
        Assert.Null(VendorMessages.TextAt(new string('[', 10_000), "a"));
}
