using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace EvCharge.Storage;

/// <summary>The databases that an installation can live in.</summary>
public enum DatabaseEngine
{
    /// <summary>Files in a folder, for one process.</summary>
    Sqlite,

    /// <summary>A database of a PostgreSQL server, for any number of processes.</summary>
    PostgreSql,

    /// <summary>A database of a SQL Server, for any number of processes.</summary>
    SqlServer,
}

/// <summary>Where something that must last is kept.</summary>
/// <param name="Address">A folder for <see cref="DatabaseEngine.Sqlite"/>, else a connection string.</param>
public sealed record DatabaseLocation(DatabaseEngine Engine, string Address)
{
    private const string SqliteName = "sqlite";
    private const string PostgreSqlName = "postgresql";
    private const string SqlServerName = "sqlserver";

    public static DatabaseLocation Folder(string path) => new(DatabaseEngine.Sqlite, path);

    public static DatabaseLocation PostgreSql(string connection) => new(DatabaseEngine.PostgreSql, connection);

    public static DatabaseLocation SqlServer(string connection) => new(DatabaseEngine.SqlServer, connection);

    /// <summary>Reads the name of an engine and, for a server, a connection string.</summary>
    /// <param name="dataFolder">Where the embedded engine keeps its files; null where a server is required.</param>
    /// <param name="problem">What is wrong, naming the key; null when nothing is.</param>
    internal static DatabaseLocation? Read(
        IConfiguration configuration, string engineKey, string connectionKey, string? dataFolder, out string? problem)
    {
        problem = null;
        var connection = configuration[connectionKey];
        switch (configuration[engineKey])
        {
            case null or "" when dataFolder is null:
                problem = $"{engineKey} is missing: it names the database server, {PostgreSqlName} or {SqlServerName}.";
                return null;
            case SqliteName when dataFolder is null:
                problem = $"{engineKey} is {SqliteName}, which serves one process alone: use {PostgreSqlName} or {SqlServerName}.";
                return null;
            case null or "" or SqliteName:
                return Folder(dataFolder);
            case PostgreSqlName or SqlServerName when string.IsNullOrWhiteSpace(connection):
                problem = $"{connectionKey} is missing: it says how to reach the database.";
                return null;
            case PostgreSqlName when !NamesServer(() => new NpgsqlConnectionStringBuilder(connection).Host):
                // Not repeated: there may be a password in it.
                problem = $"{connectionKey} is no connection string of PostgreSQL: Host=…;Database=…;Username=…;Password=….";
                return null;
            case PostgreSqlName:
                return PostgreSql(connection);
            case SqlServerName when !NamesServer(() => new SqlConnectionStringBuilder(connection).DataSource):
                problem = $"{connectionKey} is no connection string of SQL Server: Server=…;Database=…;User ID=…;Password=….";
                return null;
            case SqlServerName when CulturesAreLeftOut():
                problem = $"{engineKey} is {SqlServerName}, whose driver needs the cultures that this program was built without: "
                    + "build it with -p:InvariantGlobalization=false.";
                return null;
            case SqlServerName:
                return SqlServer(connection);
            case var unknown:
                var engines = dataFolder is null ? $"{PostgreSqlName} or {SqlServerName}" : $"{SqliteName}, {PostgreSqlName} or {SqlServerName}";
                problem = $"{engineKey} is '{unknown}'; it may be {engines}.";
                return null;
        }
    }

    private static bool NamesServer(Func<string?> server)
    {
        try
        {
            return !string.IsNullOrEmpty(server());
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Without them the driver refuses to connect: it asks for cultures by number, as the server names collations.</summary>
    private static bool CulturesAreLeftOut()
    {
        const int UsEnglish = 1033;
        try
        {
            return CultureInfo.GetCultureInfo(UsEnglish).LCID != UsEnglish;
        }
        catch (CultureNotFoundException)
        {
            return true;
        }
    }
}
