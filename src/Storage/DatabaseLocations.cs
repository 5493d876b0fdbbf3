using Microsoft.Extensions.Configuration;

namespace EvCharge.Storage;

/// <summary>Where an installation keeps what must last.</summary>
/// <param name="Orleans">Grain states and reminders, and the members of a cluster. <c>EVCHARGE_DB</c> and <c>EVCHARGE_CONNECTION</c>.</param>
/// <param name="History">
/// Configuration and record. <c>EVCHARGE_HISTORY_DB</c> and <c>EVCHARGE_HISTORY_CONNECTION</c>. Default the same database.
/// </param>
/// <param name="Mirror">
/// A server's copy of an embedded history. <c>EVCHARGE_MIRROR_DB</c> and <c>EVCHARGE_MIRROR_CONNECTION</c>. Default none.
/// </param>
public sealed record DatabaseLocations(DatabaseLocation Orleans, DatabaseLocation History, DatabaseLocation? Mirror = null)
{
    public const string EngineKey = "EVCHARGE_DB";
    public const string ConnectionKey = "EVCHARGE_CONNECTION";
    public const string HistoryEngineKey = "EVCHARGE_HISTORY_DB";
    public const string HistoryConnectionKey = "EVCHARGE_HISTORY_CONNECTION";
    public const string MirrorEngineKey = "EVCHARGE_MIRROR_DB";
    public const string MirrorConnectionKey = "EVCHARGE_MIRROR_CONNECTION";

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

        var history = IsNamed(configuration, HistoryEngineKey, HistoryConnectionKey, out problem)
            ? DatabaseLocation.Read(configuration, HistoryEngineKey, HistoryConnectionKey, dataFolder, out problem)
            : orleans;
        if (problem is not null || !IsNamed(configuration, MirrorEngineKey, MirrorConnectionKey, out problem))
        {
            return problem is null ? new DatabaseLocations(orleans, history!) : null;
        }

        if (history!.Engine != DatabaseEngine.Sqlite)
        {
            problem = $"{MirrorEngineKey} is for a history in the embedded engine: this one is on a server already.";
            return null;
        }

        return DatabaseLocation.Read(configuration, MirrorEngineKey, MirrorConnectionKey, null, out problem) is { } mirror
            ? new DatabaseLocations(orleans, history, mirror)
            : null;
    }

    private static bool IsNamed(IConfiguration configuration, string engineKey, string connectionKey, out string? problem)
    {
        var named = !string.IsNullOrEmpty(configuration[engineKey]);
        problem = named || string.IsNullOrEmpty(configuration[connectionKey])
            ? null
            : $"{connectionKey} is set without {engineKey}, which names what it reaches.";
        return named;
    }
}
