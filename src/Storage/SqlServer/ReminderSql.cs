namespace EvCharge.Storage.SqlServer;

/// <summary>
/// Reminders, found by grain or by a part of the ring of hashes. Versions come from a sequence: a reminder that was removed
/// and registered again has another version than before, and a removal that was decided on the former one does nothing.
/// </summary>
internal static class ReminderSql
{
    public const string Versions = "CREATE SEQUENCE orleans_reminder_version AS int START WITH 1 MINVALUE 1 CYCLE";

    public const string Tables =
        """
        CREATE TABLE orleans_reminder (
            service_id nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
            grain_id nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
            name nvarchar(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
            start_at datetime2(3) NOT NULL,
            period_ms bigint NOT NULL,
            hash int NOT NULL,
            version int NOT NULL,
            CONSTRAINT pk_orleans_reminder PRIMARY KEY (service_id, grain_id, name));
        CREATE INDEX ix_orleans_reminder_hash ON orleans_reminder (service_id, hash);
        """;

    public const string Upsert =
        """
        SET NOCOUNT ON;
        DECLARE @raised int = NEXT VALUE FOR orleans_reminder_version;
        MERGE orleans_reminder WITH (HOLDLOCK) AS stored
        USING (SELECT @ServiceId AS service_id, @GrainId AS grain_id, @ReminderName AS name) AS given
        ON stored.service_id = given.service_id AND stored.grain_id = given.grain_id AND stored.name = given.name
        WHEN MATCHED THEN UPDATE SET start_at = @StartTime, period_ms = @Period, hash = @GrainHash, version = @raised
        WHEN NOT MATCHED THEN INSERT (service_id, grain_id, name, start_at, period_ms, hash, version)
            VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, @raised);
        SELECT @raised AS Version;
        """;

    public const string SelectOne = $"{SelectReminders} AND grain_id = @GrainId AND name = @ReminderName";

    public const string SelectOfGrain = $"{SelectReminders} AND grain_id = @GrainId";

    /// <summary>Hashes are compared with their sign, as the caller does who chooses between this range and the next one.</summary>
    public const string SelectRange = $"{SelectReminders} AND hash > @BeginHash AND hash <= @EndHash";

    public const string SelectRangeOverTheEnd = $"{SelectReminders} AND (hash > @BeginHash OR hash <= @EndHash)";

    public const string Delete =
        """
        SET NOCOUNT ON;
        DELETE FROM orleans_reminder
        WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName AND version = @Version;
        SELECT @@ROWCOUNT;
        """;

    public const string DeleteAll = "DELETE FROM orleans_reminder WHERE service_id = @ServiceId";

    private const string SelectReminders =
        """
        SELECT grain_id AS GrainId, name AS ReminderName, start_at AS StartTime, period_ms AS Period, version AS Version
        FROM orleans_reminder
        WHERE service_id = @ServiceId
        """;
}
