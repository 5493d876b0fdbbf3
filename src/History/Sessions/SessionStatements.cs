using EvCharge.History.Engines;

namespace EvCharge.History.Sessions;

/// <summary>
/// The statements of the sessions' writer. An insert that meets its equal leaves it as it is: in T-SQL the index says so by
/// an error of the one statement (2601, 2627), since to look first would lock what lies between the keys as well.
/// </summary>
internal static class SessionStatements
{
    public static readonly Statement InsertTransaction = new(
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
        """,
        """
        BEGIN TRY
            INSERT INTO charging_transaction (
                tenant_id, id, ocpp_id, charger_id, connector, site_id, id_tag, tag_key, vehicle_id, started_at, raw_start,
                meter_start, start_message_id, again, received_at, stopped_at, meter_stop, stop_reason, stop_message_id,
                closed_by_system, energy_wh, power_w, soc, last_sample_at, ocpp_version, flags, version)
            VALUES (
                @tenant, @id, @ocpp_id, @charger, @connector, @site, @id_tag, @tag_key, @vehicle, @started_at, @raw_start,
                @meter_start, @start_message_id, @again, @received_at, @stopped_at, @meter_stop, @stop_reason, @stop_message_id,
                @closed_by_system, @energy_wh, @power_w, @soc, @last_sample_at, @ocpp_version, @flags, @version);
        END TRY
        BEGIN CATCH
            IF ERROR_NUMBER() NOT IN (2601, 2627) THROW;
        END CATCH
        """);

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

    public const string UpdateVehicle =
        """
        UPDATE charging_transaction SET vehicle_id = @vehicle, flags = @flags, version = @version
        WHERE tenant_id = @tenant AND id = @id AND version = @decided_on
        """;

    public static readonly Statement InsertCorrection = new(
        """
        INSERT INTO correction (tenant_id, transaction_id, version, at, before, after)
        VALUES (@tenant, @id, @version, @at, @before, @after)
        ON CONFLICT DO NOTHING
        """,
        """
        BEGIN TRY
            INSERT INTO correction (tenant_id, transaction_id, version, at, before, after)
            VALUES (@tenant, @id, @version, @at, @before, @after);
        END TRY
        BEGIN CATCH
            IF ERROR_NUMBER() NOT IN (2601, 2627) THROW;
        END CATCH
        """);

    public static readonly Statement InsertFrame = new(
        SessionTexts.InsertFrame,
        """
        BEGIN TRY
            INSERT INTO meter_frame (
                tenant_id, charger_id, connector, transaction_id, device_stamp, payload_hash, received_at, flags, samples)
            VALUES (@tenant, @charger, @connector, @transaction, @device_stamp, @payload_hash, @received_at, @frame_flags, @samples);
        END TRY
        BEGIN CATCH
            IF ERROR_NUMBER() NOT IN (2601, 2627) THROW;
        END CATCH
        """);

    public static readonly Statement InsertStatus = new(
        SessionTexts.InsertStatus,
        """
        BEGIN TRY
            INSERT INTO status_history (
                tenant_id, charger_id, connector, status, error_code, info, vendor_id, vendor_error_code, device_stamp, received_at)
            VALUES (
                @tenant, @charger, @connector, @status, @error_code, @info, @vendor_id, @vendor_error_code, @device_stamp, @received_at);
        END TRY
        BEGIN CATCH
            IF ERROR_NUMBER() NOT IN (2601, 2627) THROW;
        END CATCH
        """);

    public static readonly Statement UpsertConnectorState = new(
        SessionTexts.UpsertConnectorState,
        """
        MERGE connector_state WITH (HOLDLOCK) AS stored
        USING (SELECT @tenant AS tenant_id, @charger AS charger_id, @connector AS connector) AS excluded
        ON stored.tenant_id = excluded.tenant_id AND stored.charger_id = excluded.charger_id AND stored.connector = excluded.connector
        WHEN MATCHED AND @received_at >= stored.received_at THEN UPDATE SET
            status = @status, error_code = @error_code, info = @info, vendor_id = @vendor_id, vendor_error_code = @vendor_error_code,
            device_stamp = @device_stamp, received_at = @received_at
        WHEN NOT MATCHED THEN INSERT (
            tenant_id, charger_id, connector, status, error_code, info, vendor_id, vendor_error_code, device_stamp, received_at)
        VALUES (
            @tenant, @charger, @connector, @status, @error_code, @info, @vendor_id, @vendor_error_code, @device_stamp, @received_at);
        """);

    /// <summary>Answers how often it was repeated.</summary>
    public static readonly Statement UpsertOrphan = new(
        """
        INSERT INTO orphan (
            tenant_id, charger_id, kind, raw_transaction, payload_hash, message_id, payload, first_received_at,
            last_received_at, repeats)
        VALUES (@tenant, @charger, @kind, @raw_transaction, @payload_hash, @message_id, @payload, @received_at, @received_at, 0)
        ON CONFLICT (tenant_id, charger_id, kind, raw_transaction, payload_hash) DO UPDATE SET
            message_id = excluded.message_id, last_received_at = excluded.last_received_at, repeats = orphan.repeats + 1
        RETURNING repeats
        """,
        """
        MERGE orphan WITH (HOLDLOCK) AS stored
        USING (
            SELECT @tenant AS tenant_id, @charger AS charger_id, @kind AS kind, @raw_transaction AS raw_transaction,
                @payload_hash AS payload_hash) AS excluded
        ON stored.tenant_id = excluded.tenant_id AND stored.charger_id = excluded.charger_id AND stored.kind = excluded.kind
            AND stored.raw_transaction = excluded.raw_transaction AND stored.payload_hash = excluded.payload_hash
        WHEN MATCHED THEN UPDATE SET
            message_id = @message_id, last_received_at = @received_at, repeats = stored.repeats + 1
        WHEN NOT MATCHED THEN INSERT (
            tenant_id, charger_id, kind, raw_transaction, payload_hash, message_id, payload, first_received_at,
            last_received_at, repeats)
        VALUES (@tenant, @charger, @kind, @raw_transaction, @payload_hash, @message_id, @payload, @received_at, @received_at, 0)
        OUTPUT inserted.repeats;
        """);
}
