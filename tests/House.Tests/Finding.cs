namespace EvCharge.HouseTests;

/// <summary>A place where the house breaks one of its rules.</summary>
internal sealed record Finding(string Path, int Line, string Says)
{
    public override string ToString() => $"{Path}:{Line} {Says}";
}

internal static class Findings
{
    public static void AreNone(this IEnumerable<Finding> findings)
    {
        var all = findings.ToList();
        Assert.True(all.Count == 0, $"{all.Count} finding(s):\n" + string.Join('\n', all));
    }
}
