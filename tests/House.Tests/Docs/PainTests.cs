namespace EvCharge.HouseTests.Docs;

/// <summary>What users of other systems suffer from most has a test here, marked with its name.</summary>
public sealed class PainTests
{
    private static readonly IReadOnlyList<SourceText> Tests = Repository.CSharp("tests");

    [Theory]
    [InlineData("zombie-transactions")]
    [InlineData("endless-retry")]
    [InlineData("dead-charger-shown-online")]
    [InlineData("reconnect-race")]
    [InlineData("commands-before-boot")]
    [InlineData("strict-parsing")]
    [InlineData("slow-pages")]
    [InlineData("overload-after-outage")]
    [InlineData("races-at-the-database")]
    [InlineData("lost-dependency")]
    [InlineData("registration-of-strangers")]
    [InlineData("command-without-answer")]
    [InlineData("foreign-transaction")]
    [InlineData("offline-transaction-ids")]
    [InlineData("meter-data-export")]
    public void A_pain_has_its_test(string pain)
    {
        var mark = $"[Trait(\"pain\", \"{pain}\")]";
        Assert.Contains(Tests, source => source.Text.Contains(mark, StringComparison.Ordinal));
    }
}
