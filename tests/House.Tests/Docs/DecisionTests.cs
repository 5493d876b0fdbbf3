namespace EvCharge.HouseTests.Docs;

public sealed class DecisionTests
{
    [Fact]
    public void Every_decision_is_listed()
    {
        var decisions = Repository.Files("docs/adr", ".md");
        var index = decisions.Single(paper => paper.Name == "README.md");

        Assert.True(decisions.Count > 1);
        Missing(index, decisions).AreNone();
    }

    [Fact]
    public void A_decision_that_is_not_listed_is_found()
    {
        SourceText index = new("docs/adr/README.md", "- [Grains](0001-grains.md)");
        SourceText known = new("docs/adr/0001-grains.md", "");
        SourceText forgotten = new("docs/adr/0002-rows.md", "");

        Assert.Equal(forgotten.Path, Assert.Single(Missing(index, [index, known, forgotten])).Path);
    }

    private static IEnumerable<Finding> Missing(SourceText index, IEnumerable<SourceText> decisions) =>
        from decision in decisions
        where decision != index && !index.Text.Contains($"({decision.Name})", StringComparison.Ordinal)
        select new Finding(decision.Path, 1, "is not listed in docs/adr/README.md");
}
