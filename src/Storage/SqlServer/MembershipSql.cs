namespace EvCharge.Storage.SqlServer;

/// <summary>
/// Who belongs to a cluster. Each change of a member names the version of the whole table that it was decided on and raises
/// it in the same transaction: two silos that decide at the same time wait for each other at the version's row, and the
/// second finds that its version is gone. A sign of life changes no version. Orleans binds times as <c>datetime</c>, whose
/// third of a centisecond is cut to the column's millisecond before it is compared.
/// </summary>
internal static class MembershipSql
{
    public const string Tables =
        """
        CREATE TABLE orleans_membership_version (
            cluster_id nvarchar(150) COLLATE Latin1_General_100_BIN2 NOT NULL CONSTRAINT pk_orleans_membership_version PRIMARY KEY,
            version int NOT NULL,
            changed_at datetime2(3) NOT NULL);
        CREATE TABLE orleans_membership (
            cluster_id nvarchar(150) COLLATE Latin1_General_100_BIN2 NOT NULL
                CONSTRAINT fk_orleans_membership REFERENCES orleans_membership_version (cluster_id),
            address nvarchar(45) COLLATE Latin1_General_100_BIN2 NOT NULL,
            port int NOT NULL,
            generation int NOT NULL,
            silo_name nvarchar(255) NOT NULL,
            host_name nvarchar(255) NOT NULL,
            status int NOT NULL,
            proxy_port int NOT NULL,
            suspect_times nvarchar(max) NULL,
            started_at datetime2(3) NOT NULL,
            alive_at datetime2(3) NOT NULL,
            CONSTRAINT pk_orleans_membership PRIMARY KEY (cluster_id, address, port, generation));
        """;

    public const string InsertVersion =
        """
        SET NOCOUNT ON;
        DECLARE @inserted int = 0;
        BEGIN TRY
            INSERT INTO orleans_membership_version (cluster_id, version, changed_at) VALUES (@DeploymentId, 0, SYSUTCDATETIME());
            SET @inserted = 1;
        END TRY
        BEGIN CATCH
            IF ERROR_NUMBER() NOT IN (2601, 2627) THROW;
        END CATCH
        SELECT @inserted;
        """;

    public const string Insert =
        $"""
        SET XACT_ABORT, NOCOUNT ON;
        DECLARE @changed int;
        BEGIN TRANSACTION;
        UPDATE orleans_membership_version SET version = version + 1, changed_at = SYSUTCDATETIME()
        WHERE cluster_id = @DeploymentId AND version = @Version
            AND NOT EXISTS (SELECT 1 FROM orleans_membership WHERE {IsMember});
        SET @changed = @@ROWCOUNT;
        IF @changed > 0
            INSERT INTO orleans_membership (
                cluster_id, address, port, generation, silo_name, host_name, status, proxy_port, started_at, alive_at)
            VALUES (@DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime);
        COMMIT TRANSACTION;
        SELECT @changed;
        """;

    public const string Update =
        $"""
        SET XACT_ABORT, NOCOUNT ON;
        DECLARE @changed int;
        BEGIN TRANSACTION;
        UPDATE orleans_membership_version SET version = version + 1, changed_at = SYSUTCDATETIME()
        WHERE cluster_id = @DeploymentId AND version = @Version AND EXISTS (SELECT 1 FROM orleans_membership WHERE {IsMember});
        SET @changed = @@ROWCOUNT;
        IF @changed > 0
            UPDATE orleans_membership SET status = @Status, suspect_times = @SuspectTimes, alive_at = @IAmAliveTime WHERE {IsMember};
        COMMIT TRANSACTION;
        SELECT @changed;
        """;

    public const string SignOfLife = $"UPDATE orleans_membership SET alive_at = @IAmAliveTime WHERE {IsMember}";

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
        WHERE cluster_id = @DeploymentId AND status = 6
            AND alive_at < CAST(@IAmAliveTime AS datetime2(3)) AND started_at < CAST(@IAmAliveTime AS datetime2(3))
        """;

    /// <summary>Only while nothing has touched the row since it was read.</summary>
    public const string DeleteDeadMember =
        $"""
        DELETE FROM orleans_membership
        WHERE {IsMember} AND status = 6
            AND started_at = CAST(@StartTime AS datetime2(3)) AND alive_at = CAST(@IAmAliveTime AS datetime2(3))
            AND COALESCE(suspect_times, N'') = COALESCE(@SuspectTimes, N'')
        """;

    public const string DeleteCluster =
        """
        DELETE FROM orleans_membership WHERE cluster_id = @DeploymentId;
        DELETE FROM orleans_membership_version WHERE cluster_id = @DeploymentId;
        """;

    private const string IsMember =
        "cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation";

    private const string SelectMembers =
        """
        SELECT v.version AS Version, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName,
            m.host_name AS HostName, m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes,
            m.started_at AS StartTime, m.alive_at AS IAmAliveTime
        FROM orleans_membership_version v
        LEFT JOIN orleans_membership m ON m.cluster_id = v.cluster_id
        """;
}
