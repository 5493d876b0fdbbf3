using EvCharge.History.Engines;

namespace EvCharge.History.Frames;

/// <summary>The statements of the frame log's writer. An insert that meets its equal leaves it as it is.</summary>
internal static class FrameStatements
{
    public static readonly Statement Insert = new(
        """
        INSERT INTO frame_log (
            tenant_id, charger_id, connection, number, at, direction, kind, message_id, action, content, status, paired_with,
            latency_ms, processed_at, masked, missed)
        VALUES (
            @tenant, @charger, @connection, @number, @at, @direction, @kind, @message_id, @action, @content, @status, @paired_with,
            @latency_ms, @processed_at, @masked, @missed)
        ON CONFLICT DO NOTHING
        """,
        """
        BEGIN TRY
            INSERT INTO frame_log (
                tenant_id, charger_id, connection, number, at, direction, kind, message_id, action, content, status, paired_with,
                latency_ms, processed_at, masked, missed)
            VALUES (
                @tenant, @charger, @connection, @number, @at, @direction, @kind, @message_id, @action, @content, @status, @paired_with,
                @latency_ms, @processed_at, @masked, @missed);
        END TRY
        BEGIN CATCH
            IF ERROR_NUMBER() NOT IN (2601, 2627) THROW;
        END CATCH
        """);

    public const string SettleCall =
        """
        UPDATE frame_log SET status = @status, paired_with = @answer, latency_ms = @latency_ms
        WHERE tenant_id = @tenant AND charger_id = @charger AND connection = @connection AND number = @number
        """;
}
