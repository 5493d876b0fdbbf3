using Microsoft.Extensions.Configuration;

namespace EvCharge.Storage;

/// <summary>Where an installation keeps what must last.</summary>
/// <param name="Orleans">Grain states and reminders, and the members of a cluster. <c>EVCHARGE_DB</c> and <c>EVCHARGE_CONNECTION</c>.</param>
/// <param name="History">
/// Configuration and record. <c>EVCHARGE_HISTORY_DB</c> and <c>EVCHARGE_HISTORY_CONNECTION</c>. Default the same database.
/// </param>
public sealed record DatabaseLocations(DatabaseLocation Orleans, DatabaseLocation History)
{
    public const string EngineKey = "EVCHARGE_DB";
    public const string ConnectionKey = "EVCHARGE_CONNECTION";
    public const string HistoryEngineKey = "EVCHARGE_HISTORY_DB";
    public const string HistoryConnectionKey = "EVCHARGE_HISTORY_CONNECTION";

    /// <summary>Everything in one place.</summary>
    public DatabaseLocations(DatabaseLocation both)
        : this(both, both)
    {
    }

    /// <param name="dataFolder">Where the embedded engine keeps its files; null where a server is required.</param>
    /// <param name="problem">What is wrong, naming the key; null when nothing is.</param>
    public static DatabaseLocations? Read(IConfiguration configuration, string? dataFolder, out string? problem)
    {
        if (DatabaseLocation.Read(configuration, EngineKey, ConnectionKey, dataFolder, out problem) is not { } orleans)
        {
            return null;
        }

        if (string.IsNullOrEmpty(configuration[HistoryEngineKey]))
        {
            problem = string.IsNullOrEmpty(configuration[HistoryConnectionKey])
                ? null
                : $"{HistoryConnectionKey} is set without {HistoryEngineKey}, which names what it reaches.";
            return problem is null ? new DatabaseLocations(orleans) : null;
        }

        return DatabaseLocation.Read(configuration, HistoryEngineKey, HistoryConnectionKey, dataFolder, out problem) is { } history
            ? new DatabaseLocations(orleans, history)
            : null;
    }
}
