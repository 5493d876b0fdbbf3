namespace EvCharge.Storage.State;

/// <summary>Where grains keep their operational state and reminders.</summary>
public sealed class SqliteStorageOptions
{
    /// <summary>Folder of <c>state.db</c>. Default <c>data</c>.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>Reads that run at the same time; others wait. Default 4, 1 to 64.</summary>
    public int Readers { get; set; } = 4;

    internal string File => Path.Combine(DataFolder, "state.db");
}
