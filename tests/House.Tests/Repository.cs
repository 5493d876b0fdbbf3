namespace EvCharge.HouseTests;

/// <summary>The working tree that these tests were built from: its files, without what builds and runs leave behind.</summary>
internal static class Repository
{
    private static readonly HashSet<string> Skipped =
        new(StringComparer.Ordinal) { "bin", "obj", "artifacts", "node_modules", "dist", "data", ".git", ".vs", ".idea" };

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceText> CSharp(params string[] folders) =>
        [.. folders.SelectMany(folder => Files(folder, ".cs"))];

    public static IReadOnlyList<SourceText> Files(string folder, params string[] endings)
    {
        var start = Path.Combine(Root, folder);
        return Directory.Exists(start)
            ? [.. Walk(start).Where(path => endings.Any(path.EndsWith)).Order(StringComparer.Ordinal).Select(Read)]
            : [];
    }

    private static SourceText Read(string path) =>
        new(Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText(path));

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Concat(
            Directory.EnumerateDirectories(folder).Where(inner => !Skipped.Contains(Path.GetFileName(inner))).SelectMany(Walk));

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "EvCharge.sln")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException($"No EvCharge.sln above {AppContext.BaseDirectory}");
    }
}
