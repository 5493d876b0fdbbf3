using System.Globalization;
using EvCharge.Storage.GroupCommit;
using Microsoft.Data.Sqlite;
using Orleans.Runtime;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace EvCharge.Storage.State;

/// <summary>
/// Grain states in SQLite. The ETag is a version that every write raises; a write or clear on another version than the
/// stored one is refused, so that of two activations of a grain only one can go on. A cleared state keeps its version
/// without a payload: an activation that read it before the clear cannot write it back.
/// </summary>
public sealed class SqliteGrainStorage(
    StateDatabase database, IGrainStorageSerializer serializer, IActivatorProvider activators) : IGrainStorage
{
    /// <summary>How the payload is written: 1 is the serializer's JSON.</summary>
    private const long Schema = 1;

    private const string Select = "SELECT version, schema, payload FROM grain_state WHERE grain_id = @grain AND state_name = @name";

    private const string Insert =
        """
        INSERT INTO grain_state (grain_id, state_name, version, schema, payload) VALUES (@grain, @name, 1, @schema, @payload)
        ON CONFLICT DO NOTHING
        """;

    private const string Update =
        """
        UPDATE grain_state SET version = version + 1, schema = @schema, payload = @payload
        WHERE grain_id = @grain AND state_name = @name AND version = @version
        """;

    private const string SelectVersion = "SELECT version FROM grain_state WHERE grain_id = @grain AND state_name = @name";

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = new StateKey(grainId.ToString(), stateName);
        var stored = await database.Read(connection => Find(connection, key));
        grainState.ETag = stored?.Version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = stored?.Payload is not null;
        grainState.State = stored?.Payload is { } payload
            ? serializer.Deserialize<T>(new BinaryData(payload))
            : activators.GetActivator<T>().Create();
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var payload = serializer.Serialize(grainState.State).ToArray();
        grainState.ETag = await Store(new StateKey(grainId.ToString(), stateName), grainState.ETag, payload);
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.ETag is not null)
        {
            grainState.ETag = await Store(new StateKey(grainId.ToString(), stateName), grainState.ETag, null);
        }

        grainState.RecordExists = false;
        grainState.State = activators.GetActivator<T>().Create();
    }

    private async Task<string> Store(StateKey key, string? etag, byte[]? payload)
    {
        var expected = Parse(etag);
        var stored = await database.Write(
            session => Apply(session, key, expected, payload), 256 + (payload?.Length ?? 0));
        return stored.Written
            ? stored.Version.ToString(CultureInfo.InvariantCulture)
            : throw new InconsistentStateException(
                $"The state {key.Name} of {key.Grain} has changed since it was read.",
                stored.Version.ToString(CultureInfo.InvariantCulture),
                etag ?? "");
    }

    private static (bool Written, long Version) Apply(WriteSession session, StateKey key, long? expected, byte[]? payload)
    {
        var written = expected is { } version
            ? session.Execute(
                Update, ("@schema", Schema), ("@payload", payload), ("@grain", key.Grain), ("@name", key.Name), ("@version", version))
            : session.Execute(Insert, ("@grain", key.Grain), ("@name", key.Name), ("@schema", Schema), ("@payload", payload));
        return written == 1
            ? (true, (expected ?? 0) + 1)
            : (false, session.First(SelectVersion, reader => reader.GetInt64(0), ("@grain", key.Grain), ("@name", key.Name)));
    }

    private static StoredState? Find(SqliteConnection connection, StateKey key)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Select;
        command.Parameters.AddWithValue("@grain", key.Grain);
        command.Parameters.AddWithValue("@name", key.Name);
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }

        var schema = reader.GetInt64(1);
        return schema == Schema
            ? new StoredState(reader.GetInt64(0), reader.IsDBNull(2) ? null : reader.GetFieldValue<byte[]>(2))
            : throw new InvalidOperationException($"The state {key.Name} of {key.Grain} has the unknown schema {schema}.");
    }

    private static long? Parse(string? etag) =>
        etag is null ? null : long.Parse(etag, NumberStyles.None, CultureInfo.InvariantCulture);

    private sealed record StateKey(string Grain, string Name);

    private sealed record StoredState(long Version, byte[]? Payload);
}
