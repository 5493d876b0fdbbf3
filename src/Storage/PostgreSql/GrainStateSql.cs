namespace EvCharge.Storage.PostgreSql;

/// <summary>
/// What grains remember. The key is the whole identity of a state, so that of two first writes one finds the row of the
/// other; the hashes that Orleans offers beside it are not needed. A cleared state keeps its row and version without a
/// payload: an activation that read it before the clear cannot write it back.
/// </summary>
internal static class GrainStateSql
{
    public const string Tables =
        """
        CREATE TABLE orleans_grain_state (
            service_id text NOT NULL,
            grain_type text NOT NULL,
            key_high bigint NOT NULL,
            key_low bigint NOT NULL,
            key_text text NOT NULL,
            version integer NOT NULL,
            payload bytea,
            written_at timestamptz NOT NULL,
            PRIMARY KEY (service_id, grain_type, key_high, key_low, key_text));
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
        WITH first AS (
            INSERT INTO orleans_grain_state (service_id, grain_type, key_high, key_low, key_text, version, payload, written_at)
            SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString::text, ''), 1, @PayloadBinary, now()
            WHERE @GrainStateVersion::integer IS NULL
            ON CONFLICT DO NOTHING
            RETURNING version),
        later AS (
            UPDATE orleans_grain_state SET version = version + 1, payload = @PayloadBinary, written_at = now()
            WHERE {IsState} AND version = @GrainStateVersion::integer
            RETURNING version)
        SELECT coalesce((SELECT version FROM first), (SELECT version FROM later)) AS NewGrainStateVersion
        """;

    public const string Clear =
        $"""
        WITH cleared AS (
            UPDATE orleans_grain_state SET version = version + 1, payload = NULL, written_at = now()
            WHERE {IsState} AND version = @GrainStateVersion::integer
            RETURNING version)
        SELECT (SELECT version FROM cleared) AS NewGrainStateVersion
        """;

    public const string Delete =
        $"""
        WITH deleted AS (
            DELETE FROM orleans_grain_state
            WHERE {IsState} AND version = @GrainStateVersion::integer
            RETURNING version)
        SELECT (SELECT version + 1 FROM deleted) AS NewGrainStateVersion
        """;

    private const string IsState =
        """
        service_id = @ServiceId AND grain_type = @GrainTypeString AND key_high = @GrainIdN0 AND key_low = @GrainIdN1
            AND key_text = coalesce(@GrainIdExtensionString::text, '')
        """;
}
