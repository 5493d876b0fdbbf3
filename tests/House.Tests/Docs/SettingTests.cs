namespace EvCharge.HouseTests.Docs;

public sealed class SettingTests
{
    private static readonly SourceText Options = new(
        "src/Sample/SampleOptions.cs",
        """class SampleOptions { public const string Section = "Sample"; public int Seconds { get; set; } = 5; }""");

    [Fact]
    public void The_settings_of_the_papers_exist()
    {
        var sources = Repository.CSharp("src");

        Assert.Contains("Chargers:HeartbeatSeconds", sources.SelectMany(SettingRule.Keys));
        SettingRule.Check(Repository.Files("", ".md"), sources).AreNone();
    }

    [Theory]
    [InlineData("set `Sample:Minutes` to 3", "Sample:Minutes")]
    [InlineData("set `Other:Seconds` to 3", "Other:Seconds")]
    public void A_setting_that_does_not_exist_is_found(string text, string key)
    {
        var found = Assert.Single(SettingRule.Check([new("docs/a.md", text)], [Options]));

        Assert.Equal($"names the setting {key}, which does not exist", found.Says);
    }

    [Fact]
    public void A_setting_that_exists_is_not() =>
        SettingRule.Check([new("docs/a.md", "set `Sample:Seconds` or `Kestrel:Limits`")], [Options]).AreNone();
}
