namespace EvCharge.History.Sessions;

/// <summary>What SQLite and PostgreSQL read of <see cref="SessionStatements"/> where it is also a part of <see cref="SentTogether"/>.</summary>
internal static class SessionTexts
{
    public const string InsertFrame =
        """
        INSERT INTO meter_frame (
            tenant_id, charger_id, connector, transaction_id, device_stamp, payload_hash, received_at, flags, samples)
        VALUES (@tenant, @charger, @connector, @transaction, @device_stamp, @payload_hash, @received_at, @frame_flags, @samples)
        ON CONFLICT DO NOTHING
        """;

    public const string InsertStatus =
        """
        INSERT INTO status_history (
            tenant_id, charger_id, connector, status, error_code, info, vendor_id, vendor_error_code, device_stamp, received_at)
        VALUES (
            @tenant, @charger, @connector, @status, @error_code, @info, @vendor_id, @vendor_error_code, @device_stamp, @received_at)
        ON CONFLICT DO NOTHING
        """;

    /// <summary>The present status follows receipt order: an older report never replaces a newer one.</summary>
    public const string UpsertConnectorState =
        """
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
