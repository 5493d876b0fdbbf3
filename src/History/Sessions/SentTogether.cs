namespace EvCharge.History.Sessions;

/// <summary>
/// Two statements as one, for PostgreSQL where statements are sent without waiting for their answers: what each costs by itself
/// is most of what a charging session costs the server.
/// </summary>
internal static class SentTogether
{
    /// <summary>A frame with the progress of its transaction. No row is written for a repeat, and none for a transaction that has moved on.</summary>
    public const string FrameWithProgress =
        """
        WITH frame AS (
            INSERT INTO meter_frame (
                tenant_id, charger_id, connector, transaction_id, device_stamp, payload_hash, received_at, flags, samples)
            VALUES (
                @tenant, @charger, @connector, @transaction, @device_stamp, @payload_hash, @received_at, @frame_flags, @samples)
            ON CONFLICT DO NOTHING
            RETURNING 1)
        UPDATE charging_transaction SET
            energy_wh = @energy_wh, power_w = @power_w, soc = @soc, last_sample_at = @last_sample_at, flags = @flags,
            version = @version
        WHERE tenant_id = @tenant AND id = @id AND version = @decided_on AND EXISTS (SELECT 1 FROM frame)
        """;

    /// <summary>A status as history, and as what it is now.</summary>
    public const string StatusAndState =
        """
        WITH report AS (
            INSERT INTO status_history (
                tenant_id, charger_id, connector, status, error_code, info, vendor_id, vendor_error_code, device_stamp, received_at)
            VALUES (
                @tenant, @charger, @connector, @status, @error_code, @info, @vendor_id, @vendor_error_code, @device_stamp, @received_at)
            ON CONFLICT DO NOTHING)
        INSERT INTO connector_state (
            tenant_id, charger_id, connector, status, error_code, info, vendor_id, vendor_error_code, device_stamp, received_at)
        VALUES (
            @tenant, @charger, @connector, @status, @error_code, @info, @vendor_id, @vendor_error_code, @device_stamp, @received_at)
        ON CONFLICT (tenant_id, charger_id, connector) DO UPDATE SET
            status = excluded.status, error_code = excluded.error_code, info = excluded.info,
            vendor_id = excluded.vendor_id, vendor_error_code = excluded.vendor_error_code,
            device_stamp = excluded.device_stamp, received_at = excluded.received_at
        WHERE excluded.received_at >= connector_state.received_at
        """;
}
