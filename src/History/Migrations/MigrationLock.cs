namespace EvCharge.History.Migrations;

/// <summary>A lock between processes on one machine. The system frees it when its holder dies.</summary>
internal static class MigrationLock
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public static async Task<FileStream> Take(string path, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(Interval, stop);
            }
        }
    }
}
