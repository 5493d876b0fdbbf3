namespace EvCharge.Storage.PostgreSql;

/// <summary>
/// Reminders, found by grain or by a part of the ring of hashes. Versions come from a sequence: a reminder that was removed
/// and registered again has another version than before, and a removal that was decided on the former one does nothing.
/// </summary>
internal static class ReminderSql
{
    public const string Tables =
        """
        CREATE SEQUENCE orleans_reminder_version AS integer CYCLE;
        CREATE TABLE orleans_reminder (
            service_id text NOT NULL,
            grain_id text NOT NULL,
            name text NOT NULL,
            start_at timestamptz NOT NULL,
            period_ms bigint NOT NULL,
            hash integer NOT NULL,
            version integer NOT NULL,
            PRIMARY KEY (service_id, grain_id, name));
        CREATE INDEX ix_orleans_reminder_hash ON orleans_reminder (service_id, hash);
        """;

    public const string Upsert =
        """
        INSERT INTO orleans_reminder (service_id, grain_id, name, start_at, period_ms, hash, version)
        VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, nextval('orleans_reminder_version'))
        ON CONFLICT (service_id, grain_id, name) DO UPDATE
            SET start_at = excluded.start_at, period_ms = excluded.period_ms, hash = excluded.hash, version = excluded.version
        RETURNING version AS Version
        """;

    public const string SelectOne = $"{SelectReminders} AND grain_id = @GrainId AND name = @ReminderName";

    public const string SelectOfGrain = $"{SelectReminders} AND grain_id = @GrainId";

    /// <summary>Hashes are compared with their sign, as the caller does who chooses between this range and the next one.</summary>
    public const string SelectRange = $"{SelectReminders} AND hash > @BeginHash AND hash <= @EndHash";

    public const string SelectRangeOverTheEnd = $"{SelectReminders} AND (hash > @BeginHash OR hash <= @EndHash)";

    public const string Delete =
        """
        WITH deleted AS (
            DELETE FROM orleans_reminder
            WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName AND version = @Version
            RETURNING 1)
        SELECT EXISTS (SELECT FROM deleted)
        """;

    public const string DeleteAll = "DELETE FROM orleans_reminder WHERE service_id = @ServiceId";

    private const string SelectReminders =
        """
        SELECT grain_id AS GrainId, name AS ReminderName, start_at AS StartTime, period_ms AS Period, version AS Version
        FROM orleans_reminder
        WHERE service_id = @ServiceId
        """;
}
