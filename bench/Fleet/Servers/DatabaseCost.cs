using System.Globalization;
using EvCharge.Servers;
using Npgsql;

namespace EvCharge.Fleet.Servers;

/// <summary>What a PostgreSQL server has done since its start.</summary>
/// <param name="Cpu">Of all its processes, those that ended included.</param>
/// <param name="LogBytes">Written to its log, which is what a commit waits for.</param>
/// <param name="DataBytes">That its largest database takes on disk.</param>
internal sealed record DatabaseCost(TimeSpan Cpu, long LogBytes, long DataBytes)
{
    private const double TicksPerSecond = 100;

    public static async Task<DatabaseCost> Of(PostgresServer server)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint, (SELECT max(pg_database_size(oid)) FROM pg_database)::bigint", connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new DatabaseCost(TimeSpan.FromSeconds(Ticks(server.Pid) / TicksPerSecond), reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>Its own time, that of its children that ended and that of those that live (proc_pid_stat(5), utime to cstime).</summary>
    private static long Ticks(int postmaster)
    {
        long ticks = 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            string stat;
            try
            {
                stat = File.ReadAllText(Path.Combine(folder, "stat"));
            }
            catch (IOException)
            {
                continue; // it ended while they were listed
            }

            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var own = int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture) == postmaster;
            if (own || int.Parse(fields[1], CultureInfo.InvariantCulture) == postmaster)
            {
                ticks += fields[11..(own ? 15 : 13)].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
            }
        }

        return ticks;
    }
}
