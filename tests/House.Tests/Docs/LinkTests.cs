namespace EvCharge.HouseTests.Docs;

public sealed class LinkTests
{
    [Fact]
    public void What_the_papers_point_at_is_there()
    {
        var papers = Repository.Files("", ".md");

        Assert.NotEmpty(papers);
        LinkRule.Check(papers, IsThere).AreNone();
    }

    [Theory]
    [InlineData("README.md", "see [the map](ARCHITECTURE.md)", "ARCHITECTURE.md")]
    [InlineData("docs/extending.md", "[x](../SECURITY.md#report)", "SECURITY.md")]
    [InlineData("docs/adr/README.md", "[one](0001-grains.md)", "docs/adr/0001-grains.md")]
    [InlineData("README.md", "in `src/Domain/Gone.cs`", "src/Domain/Gone.cs")]
    public void A_dead_pointer_is_found(string paper, string text, string target)
    {
        var found = Assert.Single(LinkRule.Check([new(paper, text)], _ => false));

        Assert.Equal($"points at {target}, which is not there", found.Says);
    }

    [Theory]
    [InlineData("[Orleans](https://learn.microsoft.com) and [here](#below)")]
    [InlineData("`src/Grains/<feature>/…` has a placeholder")]
    public void Addresses_anchors_and_placeholders_are_left_alone(string text) =>
        LinkRule.Check([new("README.md", text)], _ => false).AreNone();

    private static bool IsThere(string path) => Path.Exists(Path.Combine(Repository.Root, path));
}
