namespace EvCharge.History.Sessions;

/// <summary>The statements of the sessions' writer. SQLite and PostgreSQL understand them alike.</summary>
internal static class SessionStatements
{
    public const string InsertTransaction =
        """
        INSERT INTO charging_transaction (
            tenant_id, id, ocpp_id, charger_id, connector, site_id, id_tag, tag_key, vehicle_id, started_at, raw_start,
            meter_start, start_message_id, again, received_at, stopped_at, meter_stop, stop_reason, stop_message_id,
            closed_by_system, energy_wh, power_w, soc, last_sample_at, ocpp_version, flags, version)
        VALUES (
            @tenant, @id, @ocpp_id, @charger, @connector, @site, @id_tag, @tag_key, @vehicle, @started_at, @raw_start,
            @meter_start, @start_message_id, @again, @received_at, @stopped_at, @meter_stop, @stop_reason, @stop_message_id,
            @closed_by_system, @energy_wh, @power_w, @soc, @last_sample_at, @ocpp_version, @flags, @version)
        ON CONFLICT DO NOTHING
        """;

    public const string EndTransaction =
        """
        UPDATE charging_transaction SET
            stopped_at = @stopped_at, meter_stop = @meter_stop, stop_reason = @stop_reason,
            stop_message_id = @stop_message_id, closed_by_system = @closed_by_system, energy_wh = @energy_wh,
            power_w = @power_w, soc = @soc, last_sample_at = @last_sample_at, flags = @flags, version = @version
        WHERE tenant_id = @tenant AND id = @id AND version = @decided_on
        """;

    public const string UpdateProgress =
        """
        UPDATE charging_transaction SET
            energy_wh = @energy_wh, power_w = @power_w, soc = @soc, last_sample_at = @last_sample_at, flags = @flags,
            version = @version
        WHERE tenant_id = @tenant AND id = @id AND version = @decided_on
        """;

    public const string InsertCorrection =
        """
        INSERT INTO correction (tenant_id, transaction_id, version, at, before, after)
        VALUES (@tenant, @id, @version, @at, @before, @after)
        ON CONFLICT DO NOTHING
        """;

    public const string InsertFrame =
        """
        INSERT INTO meter_frame (
            tenant_id, charger_id, connector, transaction_id, device_stamp, payload_hash, received_at, flags, samples)
        VALUES (@tenant, @charger, @connector, @transaction, @device_stamp, @payload_hash, @received_at, @flags, @samples)
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

    /// <summary>Answers how often it was repeated.</summary>
    public const string UpsertOrphan =
        """
        INSERT INTO orphan (
            tenant_id, charger_id, kind, raw_transaction, payload_hash, message_id, payload, first_received_at,
            last_received_at, repeats)
        VALUES (@tenant, @charger, @kind, @raw_transaction, @payload_hash, @message_id, @payload, @received_at, @received_at, 0)
        ON CONFLICT (tenant_id, charger_id, kind, raw_transaction, payload_hash) DO UPDATE SET
            message_id = excluded.message_id, last_received_at = excluded.last_received_at, repeats = orphan.repeats + 1
        RETURNING repeats
        """;
}
