using System.Text.RegularExpressions;

namespace EvCharge.HouseTests.Docs;

/// <summary>What the papers point at exists: files behind links, and paths of the house in code spans.</summary>
internal static partial class LinkRule
{
    public static IEnumerable<Finding> Check(IEnumerable<SourceText> papers, Func<string, bool> exists) =>
        from paper in papers
        from target in Links(paper).Concat(Spans(paper))
        where !exists(target.Path)
        select paper.At(target.Offset, $"points at {target.Path}, which is not there");

    private static IEnumerable<(int Offset, string Path)> Links(SourceText paper) =>
        from Match link in Link().Matches(paper.Text)
        let target = link.Groups["target"].Value.Split('#')[0]
        where target.Length > 0 && !Scheme().IsMatch(target)
        select (link.Index, Resolve(paper, Uri.UnescapeDataString(target)));

    private static IEnumerable<(int Offset, string Path)> Spans(SourceText paper) =>
        from Match span in Span().Matches(paper.Text)
        select (span.Index, span.Groups["path"].Value.TrimEnd('/'));

    private static string Resolve(SourceText paper, string target)
    {
        var folder = Path.GetDirectoryName("/" + paper.Path)!;
        return Path.GetFullPath(Path.Combine(folder, target)).TrimStart('/').TrimEnd('/');
    }

    [GeneratedRegex(@"(?<!`)\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^[a-z]+:", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    /// <summary>A whole code span that is a path below a folder of the house, without placeholders.</summary>
    [GeneratedRegex(@"`(?<path>(?:src|tests|tools|docs|bench|deploy)/[\w./-]*)`")]
    private static partial Regex Span();
}
