using System.Text.RegularExpressions;

namespace EvCharge.HouseTests.Deployment;

/// <summary>Dashboards, alerts and the paper about them speak of what the programs measure.</summary>
public sealed partial class ObservabilityTests
{
    private const string Paper = "docs/operating/observability.md";

    private static readonly IReadOnlyList<SourceText> Dashboards = Repository.Files("deploy/observability/dashboards", ".json");

    private static readonly YamlNode[] Alerts =
        [.. YamlNode.Read(Read("deploy/observability/alerts.yml")).Single()["groups"].Items.SelectMany(group => group["rules"].Items)];

    [Fact]
    public void What_dashboards_and_alerts_ask_for_is_measured()
    {
        var asked = Dashboards.Select(board => board.Text).Concat(Alerts.Select(alert => alert["expr"].Text))
            .SelectMany(text => Metric().Matches(text)).Select(match => match.Groups["name"].Value).ToHashSet();

        Assert.NotEmpty(asked);
        Assert.Subset(Products.Metrics.Values.ToHashSet(), asked);
    }

    [Fact]
    public void The_paper_tells_of_each_measurement_and_of_no_other()
    {
        var told = Told().Matches(Read(Paper)).Select(match => match.Groups["name"].Value).Order();

        Assert.Equal(Products.Metrics.Keys.Order(), told);
    }

    [Fact]
    public void Each_alert_says_what_to_do_first()
    {
        var runbooks = Read("docs/operating/runbooks.md");

        Assert.NotEmpty(Alerts);
        Assert.All(Alerts, alert =>
        {
            var name = alert["alert"].Text;
            Assert.Contains($"\n### {name}\n", runbooks, StringComparison.Ordinal);
            Assert.Equal($"docs/operating/runbooks.md#{name.ToLowerInvariant()}", alert["annotations/runbook"].Text);
            Assert.Contains(alert["labels/severity"].Text, (string[])["critical", "warning", "info"]);
        });
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    [GeneratedRegex(@"(?<name>evcharge_[a-z_]+?)(_bucket|_count|_sum)?\b(?![a-z_])")]
    private static partial Regex Metric();

    [GeneratedRegex(@"^\| `(?<name>evcharge\.[a-z.]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Told();
}
