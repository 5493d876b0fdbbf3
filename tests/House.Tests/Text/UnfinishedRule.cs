using System.Text.RegularExpressions;

namespace EvCharge.HouseTests.Text;

/// <summary>Marks of work left undone, and blocks folded away.</summary>
internal static partial class UnfinishedRule
{
    public static IEnumerable<Finding> Check(IEnumerable<SourceText> sources) =>
        from source in sources
        from Match mark in Mark().Matches(source.Text)
        select source.At(mark.Index, $"has the mark {mark.Value}");

    /// <summary>A NotSupportedException without a text is a stub: a real refusal says what is not supported.</summary>
    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX|NotImplementedException)\b|#region|new NotSupportedException\(\)")]
    private static partial Regex Mark();
}
