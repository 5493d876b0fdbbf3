using System.Text.RegularExpressions;

namespace EvCharge.HouseTests.Deployment;

/// <summary>The paper about capacity says what was measured.</summary>
public sealed partial class CapacityTests
{
    private static readonly string Paper = Read("docs/operating/capacity.md");

    /// <summary>Each table of the paper stands under a line that names the file of results that has its numbers.</summary>
    [Fact]
    public void Each_number_of_its_tables_is_in_the_results_that_it_names()
    {
        var tables = Table().Matches(Paper);
        Assert.True(tables.Count >= 3);
        Assert.Equal(Paper.Split('\n').Count(line => line.StartsWith("| ---", StringComparison.Ordinal) || line.StartsWith("|---", StringComparison.Ordinal)), tables.Count);
        Assert.All(tables, table =>
        {
            var measured = Numbers(Read($"bench/results/{table.Groups["file"].Value}")).ToHashSet(StringComparer.Ordinal);
            var told = table.Groups["rows"].Value.Split('\n').Skip(2).SelectMany(Numbers).ToList();
            Assert.NotEmpty(told);
            Assert.All(told, number => Assert.Contains(number, measured));
        });
    }

    private static IEnumerable<string> Numbers(string text) => Number().Matches(text).Select(match => match.Value);

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    [GeneratedRegex(@"^From \[[^\]]+\]\(\.\./\.\./bench/results/(?<file>[\w-]+\.md)\):\n\n(?<rows>(\|.*\n)+)", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"\d[\d,]*(\.\d+)?")]
    private static partial Regex Number();
}
