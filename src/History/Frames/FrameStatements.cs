namespace EvCharge.History.Frames;

/// <summary>The statements of the frame log's writer. SQLite and PostgreSQL understand them alike.</summary>
internal static class FrameStatements
{
    public const string Insert =
        """
        INSERT INTO frame_log (
            tenant_id, charger_id, connection, number, at, direction, kind, message_id, action, content, status, paired_with,
            latency_ms, processed_at, masked, missed)
        VALUES (
            @tenant, @charger, @connection, @number, @at, @direction, @kind, @message_id, @action, @content, @status, @paired_with,
            @latency_ms, @processed_at, @masked, @missed)
        ON CONFLICT DO NOTHING
        """;

    public const string SettleCall =
        """
        UPDATE frame_log SET status = @status, paired_with = @answer, latency_ms = @latency_ms
        WHERE tenant_id = @tenant AND charger_id = @charger AND connection = @connection AND number = @number
        """;
}
