using EvCharge.Domain.Identity;
using EvCharge.History.Engines;

namespace EvCharge.History.Identifiers;

/// <summary>Counts that the database keeps, one for each tenant and name.</summary>
internal static class IdStatements
{
    /// <summary>Ids that a process reserves at a time.</summary>
    public const int BlockSize = 64;

    /// <summary>An id on the wire is free again when every transaction that had it ended before @ended_before.</summary>
    public static readonly Statement OcppIdsInUse = new(
        """
        SELECT 1 FROM charging_transaction
        WHERE tenant_id = @tenant AND ocpp_id BETWEEN @first AND @last
          AND (stopped_at IS NULL OR stopped_at >= @ended_before)
        LIMIT 1
        """,
        """
        SELECT TOP (1) CAST(1 AS bigint) FROM charging_transaction
        WHERE tenant_id = @tenant AND ocpp_id BETWEEN @first AND @last
          AND (stopped_at IS NULL OR stopped_at >= @ended_before)
        """);

    private static readonly Statement ReserveIds = new(
        """
        INSERT INTO id_block (tenant_id, name, next_value) VALUES (@tenant, @name, 1 + @count)
        ON CONFLICT (tenant_id, name) DO UPDATE SET next_value = id_block.next_value + @count
        RETURNING next_value
        """,
        """
        MERGE id_block WITH (HOLDLOCK) AS stored
        USING (SELECT @tenant AS tenant_id, @name AS name) AS excluded
        ON stored.tenant_id = excluded.tenant_id AND stored.name = excluded.name
        WHEN MATCHED THEN UPDATE SET next_value = stored.next_value + @count
        WHEN NOT MATCHED THEN INSERT (tenant_id, name, next_value) VALUES (@tenant, @name, 1 + @count)
        OUTPUT inserted.next_value;
        """);

    private static readonly Statement MoveIds = new(
        """
        INSERT INTO id_block (tenant_id, name, next_value) VALUES (@tenant, @name, @next)
        ON CONFLICT (tenant_id, name) DO UPDATE SET next_value = excluded.next_value
        """,
        """
        MERGE id_block WITH (HOLDLOCK) AS stored
        USING (SELECT @tenant AS tenant_id, @name AS name) AS excluded
        ON stored.tenant_id = excluded.tenant_id AND stored.name = excluded.name
        WHEN MATCHED THEN UPDATE SET next_value = @next
        WHEN NOT MATCHED THEN INSERT (tenant_id, name, next_value) VALUES (@tenant, @name, @next);
        """);

    private const string NextOfIds = "SELECT next_value FROM id_block WHERE tenant_id = @tenant AND name = @name";

    /// <summary>Moves a count on.</summary>
    /// <returns>The first of <paramref name="count"/> numbers that nobody had; the count begins at 1.</returns>
    public static long Reserve(HistoryWrite write, TenantId tenant, string name, int count) =>
        write.First(
            ReserveIds, reader => reader.GetInt64(0), ("@tenant", tenant.Value), ("@name", name), ("@count", count)) - count;

    /// <summary>Where a count stands; 0 when it has not begun.</summary>
    public static long Peek(HistoryWrite write, TenantId tenant, string name) =>
        write.First(NextOfIds, reader => reader.GetInt64(0), ("@tenant", tenant.Value), ("@name", name));

    public static void Move(HistoryWrite write, TenantId tenant, string name, long next) =>
        write.Post(MoveIds, ("@tenant", tenant.Value), ("@name", name), ("@next", next));
}
