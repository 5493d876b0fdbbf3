using EvCharge.Storage;

namespace EvCharge.History;

/// <summary>Where History keeps its record and how much may wait for it.</summary>
public sealed class HistoryOptions
{
    /// <summary>The folder of <c>history.db</c>, or a database of a server. Default the folder <c>data</c>.</summary>
    public DatabaseLocation Database { get; set; } = DatabaseLocation.Folder("data");

    /// <summary>Reads that run at the same time; others wait. Default 4, 1 to 64.</summary>
    public int Readers { get; set; } = 4;

    /// <summary>
    /// Connections of a server that write at the same time: while one waits for its commit, others fill theirs. Each charger
    /// has one of them. The embedded engine has one for all. Default 3, 1 to 16.
    /// </summary>
    public int Writers { get; set; } = 3;

    /// <summary>Rows that may wait for the writer before writes fail at once. Default 20,000.</summary>
    public int QueueRows { get; set; } = 20_000;

    /// <summary>Bytes that may wait for the writer before writes fail at once. Default 32 MiB.</summary>
    public long QueueBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>How long a write waits for a server that cannot be reached before it fails. Default 20 s, up to 10 min.</summary>
    public TimeSpan WritePatience { get; set; } = TimeSpan.FromSeconds(20);

    internal string File => Path.Combine(Database.Address, "history.db");
}
