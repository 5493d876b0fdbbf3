using System.Text.RegularExpressions;

namespace EvCharge.HouseTests.Text;

/// <summary>Paths of one machine, and registries of one network, have no place in the repository.</summary>
internal static partial class MachinePathRule
{
    public static IEnumerable<Finding> Check(IEnumerable<SourceText> sources) =>
        from source in sources
        from Match path in Machine().Matches(source.Text)
        select source.At(path.Index, $"names {path.Value}");

    public static IEnumerable<Finding> CheckLocks(IEnumerable<SourceText> locks) =>
        from source in locks
        from Match url in Resolved().Matches(source.Text)
        select source.At(url.Index, "says where a package was fetched from");

    [GeneratedRegex(@"(?<![\w.$}/-])/(work|root|home/\w+|Users/\w+|tmp/bash\w*)/|\b[A-Z]:\\\\?Users\\")]
    private static partial Regex Machine();

    [GeneratedRegex(@"""resolved""\s*:\s*""https?:|^\s+resolved ""https?:", RegexOptions.Multiline)]
    private static partial Regex Resolved();
}
