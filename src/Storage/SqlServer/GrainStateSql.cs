namespace EvCharge.Storage.SqlServer;

/// <summary>
/// What grains remember. The key is the whole identity of a state, its text by its SHA-256 since a key of SQL Server holds no
/// more than 900 bytes; the hashes that Orleans offers beside it are not needed. A cleared state keeps its row and version
/// without a payload: an activation that read it before the clear cannot write it back.
/// </summary>
internal static class GrainStateSql
{
    public const string Tables =
        """
        CREATE TABLE orleans_grain_state (
            service_id nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
            grain_type nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
            key_high bigint NOT NULL,
            key_low bigint NOT NULL,
            key_text nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
            key_digest AS CAST(HASHBYTES('SHA2_256', key_text) AS binary(32)) PERSISTED NOT NULL,
            version int NOT NULL,
            payload varbinary(max) NULL,
            written_at datetime2(3) NOT NULL,
            CONSTRAINT pk_orleans_grain_state PRIMARY KEY (service_id, grain_type, key_high, key_low, key_digest));
        """;

    public const string Select =
        $"""
        SELECT payload AS PayloadBinary, version AS Version
        FROM orleans_grain_state
        WHERE {IsState}
        """;

    /// <summary>Answers one row always; a version that is null tells that another one was faster.</summary>
    public const string Write =
        $"""
        SET NOCOUNT ON;
        DECLARE @written int;
        IF @GrainStateVersion IS NULL
        BEGIN
            BEGIN TRY
                INSERT INTO orleans_grain_state (service_id, grain_type, key_high, key_low, key_text, version, payload, written_at)
                VALUES (@ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, COALESCE(@GrainIdExtensionString, N''), 1, @PayloadBinary, SYSUTCDATETIME());
                SET @written = 1;
            END TRY
            BEGIN CATCH
                IF ERROR_NUMBER() NOT IN (2601, 2627) THROW;
            END CATCH
        END
        ELSE
            UPDATE orleans_grain_state SET @written = version = version + 1, payload = @PayloadBinary, written_at = SYSUTCDATETIME()
            WHERE {IsState} AND version = @GrainStateVersion;
        SELECT @written AS NewGrainStateVersion;
        """;

    public const string Clear =
        $"""
        SET NOCOUNT ON;
        DECLARE @written int;
        UPDATE orleans_grain_state SET @written = version = version + 1, payload = NULL, written_at = SYSUTCDATETIME()
        WHERE {IsState} AND version = @GrainStateVersion;
        SELECT @written AS NewGrainStateVersion;
        """;

    public const string Delete =
        $"""
        SET NOCOUNT ON;
        DELETE FROM orleans_grain_state WHERE {IsState} AND version = @GrainStateVersion;
        SELECT CASE WHEN @@ROWCOUNT > 0 THEN @GrainStateVersion + 1 END AS NewGrainStateVersion;
        """;

    private const string IsState =
        """
        service_id = @ServiceId AND grain_type = @GrainTypeString AND key_high = @GrainIdN0 AND key_low = @GrainIdN1
            AND key_digest = CAST(HASHBYTES('SHA2_256', CAST(COALESCE(@GrainIdExtensionString, N'') AS nvarchar(max))) AS binary(32))
        """;
}
