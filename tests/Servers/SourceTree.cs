namespace EvCharge.Servers;

/// <summary>The checkout that the tests were built in.</summary>
public static class SourceTree
{
    /// <exception cref="DirectoryNotFoundException">They were copied elsewhere.</exception>
    public static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "EvCharge.sln")))
            {
                folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No EvCharge.sln above the tests.");
            }

            return folder;
        }
    }
}
