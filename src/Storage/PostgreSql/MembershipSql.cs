namespace EvCharge.Storage.PostgreSql;

/// <summary>
/// Who belongs to a cluster. Each change of a member names the version of the whole table that it was decided on and raises
/// it in the same statement: two silos that decide at the same time wait for each other at the version's row, and the
/// second finds that its version is gone. A sign of life changes no version.
/// </summary>
internal static class MembershipSql
{
    public const string Tables =
        """
        CREATE TABLE orleans_membership_version (
            cluster_id text PRIMARY KEY,
            version integer NOT NULL,
            changed_at timestamptz NOT NULL);
        CREATE TABLE orleans_membership (
            cluster_id text NOT NULL REFERENCES orleans_membership_version,
            address text NOT NULL,
            port integer NOT NULL,
            generation integer NOT NULL,
            silo_name text NOT NULL,
            host_name text NOT NULL,
            status integer NOT NULL,
            proxy_port integer NOT NULL,
            suspect_times text,
            started_at timestamptz NOT NULL,
            alive_at timestamptz NOT NULL,
            PRIMARY KEY (cluster_id, address, port, generation));
        """;

    public const string InsertVersion =
        """
        WITH inserted AS (
            INSERT INTO orleans_membership_version (cluster_id, version, changed_at) VALUES (@DeploymentId, 0, now())
            ON CONFLICT DO NOTHING
            RETURNING 1)
        SELECT EXISTS (SELECT FROM inserted)
        """;

    public const string Insert =
        """
        WITH raised AS (
            UPDATE orleans_membership_version SET version = version + 1, changed_at = now()
            WHERE cluster_id = @DeploymentId AND version = @Version AND NOT EXISTS (
                SELECT FROM orleans_membership
                WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
            RETURNING 1),
        inserted AS (
            INSERT INTO orleans_membership (
                cluster_id, address, port, generation, silo_name, host_name, status, proxy_port, started_at, alive_at)
            SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
            FROM raised
            RETURNING 1)
        SELECT EXISTS (SELECT FROM inserted)
        """;

    public const string Update =
        """
        WITH raised AS (
            UPDATE orleans_membership_version SET version = version + 1, changed_at = now()
            WHERE cluster_id = @DeploymentId AND version = @Version AND EXISTS (
                SELECT FROM orleans_membership
                WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
            RETURNING 1),
        changed AS (
            UPDATE orleans_membership SET status = @Status, suspect_times = @SuspectTimes::text, alive_at = @IAmAliveTime
            WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
                AND EXISTS (SELECT FROM raised)
            RETURNING 1)
        SELECT EXISTS (SELECT FROM changed)
        """;

    public const string SignOfLife =
        """
        UPDATE orleans_membership SET alive_at = @IAmAliveTime
        WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
        """;

    /// <summary>One row at least: the version is read with the members, or without any.</summary>
    public const string SelectAll =
        $"""
        {SelectMembers}
        WHERE v.cluster_id = @DeploymentId
        """;

    public const string SelectOne =
        $"""
        {SelectMembers} AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
        WHERE v.cluster_id = @DeploymentId
        """;

    /// <summary>A silo without a port for clients has 0 there.</summary>
    public const string SelectGateways =
        """
        SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
        FROM orleans_membership
        WHERE cluster_id = @DeploymentId AND status = @Status AND proxy_port > 0
        """;

    public const string DeleteDead =
        """
        DELETE FROM orleans_membership
        WHERE cluster_id = @DeploymentId AND status = 6 AND alive_at < @IAmAliveTime AND started_at < @IAmAliveTime
        """;

    /// <summary>Only while nothing has touched the row since it was read.</summary>
    public const string DeleteDeadMember =
        """
        DELETE FROM orleans_membership
        WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
            AND status = 6 AND started_at = @StartTime AND alive_at = @IAmAliveTime
            AND suspect_times IS NOT DISTINCT FROM @SuspectTimes::text
        """;

    public const string DeleteCluster =
        """
        DELETE FROM orleans_membership WHERE cluster_id = @DeploymentId;
        DELETE FROM orleans_membership_version WHERE cluster_id = @DeploymentId;
        """;

    private const string SelectMembers =
        """
        SELECT v.version AS Version, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName,
            m.host_name AS HostName, m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes,
            m.started_at AS StartTime, m.alive_at AS IAmAliveTime
        FROM orleans_membership_version v
        LEFT JOIN orleans_membership m ON m.cluster_id = v.cluster_id
        """;
}
