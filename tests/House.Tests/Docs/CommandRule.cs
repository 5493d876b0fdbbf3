using System.Text.RegularExpressions;

namespace EvCharge.HouseTests.Docs;

/// <summary>The commands that a paper tells the reader to type: scripts and projects in its shell blocks.</summary>
internal static partial class CommandRule
{
    public static IEnumerable<(int Offset, string Path)> Targets(SourceText paper) =>
        from Match block in Block().Matches(paper.Text)
        from Match command in Command().Matches(block.Value)
        select (block.Index + command.Index, command.Groups["path"].Value);

    public static IEnumerable<Finding> Check(SourceText paper, Func<string, bool> runs) =>
        from target in Targets(paper)
        where !runs(target.Path)
        select paper.At(target.Offset, $"tells to run {target.Path}, which cannot be run");

    [GeneratedRegex("```(?:sh|bash|console)\n.*?```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"(?:^\s*\$?\s*|\s)\./(?<path>[\w./-]+)|--project\s+(?<path>[\w./-]+)|dotnet (?:build|publish|format analyzers)\s+(?<path>[\w./-]+)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
