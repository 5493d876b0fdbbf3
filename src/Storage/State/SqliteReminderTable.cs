using System.Globalization;
using Microsoft.Data.Sqlite;
using Orleans;
using Orleans.Runtime;

namespace EvCharge.Storage.State;

/// <summary>Reminders in SQLite. Times are milliseconds since 1970, UTC; the ETag is a version that every write raises.</summary>
public sealed class SqliteReminderTable(StateDatabase database) : IReminderTable
{
    private const string Columns = "SELECT grain_id, name, start_at, period, version FROM reminder ";
    private const string OfGrain = Columns + "WHERE grain_id = @grain";
    private const string OfName = Columns + "WHERE grain_id = @grain AND name = @name";
    private const string InRange = Columns + "WHERE hash > @begin AND hash <= @end";

    /// <summary>The ring closes on itself: a range that ends before it begins goes over the top.</summary>
    private const string AcrossTop = Columns + "WHERE hash > @begin OR hash <= @end";

    private const string Upsert =
        """
        INSERT INTO reminder (grain_id, name, hash, start_at, period, version)
        VALUES (@grain, @name, @hash, @start_at, @period, 1)
        ON CONFLICT (grain_id, name) DO UPDATE SET
            start_at = excluded.start_at, period = excluded.period, version = reminder.version + 1
        RETURNING version
        """;

    private const string Remove = "DELETE FROM reminder WHERE grain_id = @grain AND name = @name AND version = @version";

    private const string Clear = "DELETE FROM reminder";

    /// <inheritdoc/>
    public Task<ReminderTableData> ReadRows(GrainId grainId) => Read(OfGrain, ("@grain", grainId.ToString()));

    /// <inheritdoc/>
    public Task<ReminderTableData> ReadRows(uint begin, uint end) =>
        Read(begin < end ? InRange : AcrossTop, ("@begin", (long)begin), ("@end", (long)end));

    /// <inheritdoc/>
    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName)
    {
        var found = await Read(OfName, ("@grain", grainId.ToString()), ("@name", reminderName));
        return found.Reminders.FirstOrDefault();
    }

    /// <inheritdoc/>
    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        var startAt = new DateTimeOffset(DateTime.SpecifyKind(entry.StartAt, DateTimeKind.Utc)).ToUnixTimeMilliseconds();
        var version = await database.Write(session => session.First(
            Upsert,
            reader => reader.GetInt64(0),
            ("@grain", entry.GrainId.ToString()),
            ("@name", entry.ReminderName),
            ("@hash", (long)entry.GrainId.GetUniformHashCode()),
            ("@start_at", startAt),
            ("@period", (long)entry.Period.TotalMilliseconds)));
        return version.ToString(CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        database.Write(session => session.Execute(
            Remove,
            ("@grain", grainId.ToString()),
            ("@name", reminderName),
            ("@version", long.Parse(eTag, NumberStyles.None, CultureInfo.InvariantCulture))) == 1);

    /// <inheritdoc/>
    public Task TestOnlyClearTable() => database.Write(session => session.Execute(Clear));

    private Task<ReminderTableData> Read(string sql, params (string Name, object Value)[] parameters) =>
        database.Read(connection =>
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the constants above: values travel as parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach (var (name, value) in parameters)
            {
                command.Parameters.AddWithValue(name, value);
            }

            using var reader = command.ExecuteReader();
            var entries = new List<ReminderEntry>();
            while (reader.Read())
            {
                entries.Add(ReadEntry(reader));
            }

            return new ReminderTableData(entries);
        });

    private static ReminderEntry ReadEntry(SqliteDataReader reader) => new()
    {
        GrainId = GrainId.Parse(reader.GetString(0), CultureInfo.InvariantCulture),
        ReminderName = reader.GetString(1),
        StartAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)).UtcDateTime,
        Period = TimeSpan.FromMilliseconds(reader.GetInt64(3)),
        ETag = reader.GetInt64(4).ToString(CultureInfo.InvariantCulture),
    };
}
