using EvCharge.History.Engines;

namespace EvCharge.History.Chargers;

/// <summary>The statements of the charger log. What was learnt earlier never replaces what was learnt later.</summary>
internal static class ChargerStatements
{
    public static readonly Statement UpsertConnection = new(
        """
        INSERT INTO charger_state (tenant_id, charger_id, online, connection_at, ocpp_version, remote_address)
        VALUES (@tenant, @charger, @online, @at, @ocpp_version, @remote_address)
        ON CONFLICT (tenant_id, charger_id) DO UPDATE SET
            online = excluded.online, connection_at = excluded.connection_at,
            ocpp_version = COALESCE(excluded.ocpp_version, charger_state.ocpp_version),
            remote_address = COALESCE(excluded.remote_address, charger_state.remote_address)
        WHERE charger_state.connection_at IS NULL OR excluded.connection_at >= charger_state.connection_at
        """,
        """
        MERGE charger_state WITH (HOLDLOCK) AS stored
        USING (SELECT @tenant AS tenant_id, @charger AS charger_id) AS excluded
        ON stored.tenant_id = excluded.tenant_id AND stored.charger_id = excluded.charger_id
        WHEN MATCHED AND (stored.connection_at IS NULL OR @at >= stored.connection_at) THEN UPDATE SET
            online = @online, connection_at = @at, ocpp_version = COALESCE(@ocpp_version, stored.ocpp_version),
            remote_address = COALESCE(@remote_address, stored.remote_address)
        WHEN NOT MATCHED THEN INSERT (tenant_id, charger_id, online, connection_at, ocpp_version, remote_address)
        VALUES (@tenant, @charger, @online, @at, @ocpp_version, @remote_address);
        """);

    public const string EveryoneOffline =
        """
        UPDATE charger_state SET online = @online, connection_at = @at WHERE online <> @online
        """;

    public const string ConnectionOf =
        "SELECT * FROM charger_state WHERE tenant_id = @tenant AND charger_id = @charger";

    /// <summary>Chargers of a site that are on record as connected.</summary>
    public const string OnlineOfSite =
        """
        SELECT c.charger_id FROM charger c
        JOIN charger_state s ON s.tenant_id = c.tenant_id AND s.charger_id = c.charger_id
        WHERE c.tenant_id = @tenant AND c.site_id = @site AND s.online = @online
        """;

    /// <summary>
    /// Chargers of a site that are on record as connected without a sign of life, or have commands nobody has ended.
    /// </summary>
    public static readonly Statement NeglectedOfSite = new(
        """
        SELECT charger_id FROM (
        SELECT c.charger_id FROM charger c
        JOIN charger_state s ON s.tenant_id = c.tenant_id AND s.charger_id = c.charger_id
        WHERE c.tenant_id = @tenant AND c.site_id = @site AND s.online = @online
          AND (s.seen_at IS NULL OR s.seen_at < @silent_since)
          AND (s.connection_at IS NULL OR s.connection_at < @silent_since)
        UNION
        SELECT m.charger_id FROM command m
        JOIN charger c ON c.tenant_id = m.tenant_id AND c.charger_id = m.charger_id
        WHERE m.tenant_id = @tenant AND m.status <= 1 AND m.expires_at < @expired_before AND c.site_id = @site
        ) AS neglected
        ORDER BY charger_id
        LIMIT @most
        """,
        """
        SELECT TOP (@most) charger_id FROM (
        SELECT c.charger_id FROM charger c
        JOIN charger_state s ON s.tenant_id = c.tenant_id AND s.charger_id = c.charger_id
        WHERE c.tenant_id = @tenant AND c.site_id = @site AND s.online = @online
          AND (s.seen_at IS NULL OR s.seen_at < @silent_since)
          AND (s.connection_at IS NULL OR s.connection_at < @silent_since)
        UNION
        SELECT m.charger_id FROM command m
        JOIN charger c ON c.tenant_id = m.tenant_id AND c.charger_id = m.charger_id
        WHERE m.tenant_id = @tenant AND m.status <= 1 AND m.expires_at < @expired_before AND c.site_id = @site
        ) AS neglected
        ORDER BY charger_id
        """);

    /// <summary>The same for chargers of no site, those in quarantine among them.</summary>
    public static readonly Statement NeglectedOfNoSite = new(
        """
        SELECT charger_id FROM (
        SELECT s.charger_id FROM charger_state s
        LEFT JOIN charger c ON c.tenant_id = s.tenant_id AND c.charger_id = s.charger_id
        WHERE s.tenant_id = @tenant AND c.site_id IS NULL AND s.online = @online
          AND (s.seen_at IS NULL OR s.seen_at < @silent_since)
          AND (s.connection_at IS NULL OR s.connection_at < @silent_since)
        UNION
        SELECT m.charger_id FROM command m
        LEFT JOIN charger c ON c.tenant_id = m.tenant_id AND c.charger_id = m.charger_id
        WHERE m.tenant_id = @tenant AND m.status <= 1 AND m.expires_at < @expired_before AND c.site_id IS NULL
        ) AS neglected
        ORDER BY charger_id
        LIMIT @most
        """,
        """
        SELECT TOP (@most) charger_id FROM (
        SELECT s.charger_id FROM charger_state s
        LEFT JOIN charger c ON c.tenant_id = s.tenant_id AND c.charger_id = s.charger_id
        WHERE s.tenant_id = @tenant AND c.site_id IS NULL AND s.online = @online
          AND (s.seen_at IS NULL OR s.seen_at < @silent_since)
          AND (s.connection_at IS NULL OR s.connection_at < @silent_since)
        UNION
        SELECT m.charger_id FROM command m
        LEFT JOIN charger c ON c.tenant_id = m.tenant_id AND c.charger_id = m.charger_id
        WHERE m.tenant_id = @tenant AND m.status <= 1 AND m.expires_at < @expired_before AND c.site_id IS NULL
        ) AS neglected
        ORDER BY charger_id
        """);

    public static readonly Statement UpsertBoot = new(
        """
        INSERT INTO charger_state (
            tenant_id, charger_id, online, boot_at, vendor, model, serial_number, firmware, iccid, imsi, meter_type,
            meter_serial_number)
        VALUES (
            @tenant, @charger, @online, @at, @vendor, @model, @serial_number, @firmware, @iccid, @imsi, @meter_type,
            @meter_serial_number)
        ON CONFLICT (tenant_id, charger_id) DO UPDATE SET
            boot_at = excluded.boot_at, vendor = excluded.vendor, model = excluded.model,
            serial_number = excluded.serial_number, firmware = excluded.firmware, iccid = excluded.iccid,
            imsi = excluded.imsi, meter_type = excluded.meter_type, meter_serial_number = excluded.meter_serial_number
        WHERE charger_state.boot_at IS NULL OR excluded.boot_at >= charger_state.boot_at
        """,
        """
        MERGE charger_state WITH (HOLDLOCK) AS stored
        USING (SELECT @tenant AS tenant_id, @charger AS charger_id) AS excluded
        ON stored.tenant_id = excluded.tenant_id AND stored.charger_id = excluded.charger_id
        WHEN MATCHED AND (stored.boot_at IS NULL OR @at >= stored.boot_at) THEN UPDATE SET
            boot_at = @at, vendor = @vendor, model = @model, serial_number = @serial_number, firmware = @firmware, iccid = @iccid,
            imsi = @imsi, meter_type = @meter_type, meter_serial_number = @meter_serial_number
        WHEN NOT MATCHED THEN INSERT (
            tenant_id, charger_id, online, boot_at, vendor, model, serial_number, firmware, iccid, imsi, meter_type,
            meter_serial_number)
        VALUES (
            @tenant, @charger, @online, @at, @vendor, @model, @serial_number, @firmware, @iccid, @imsi, @meter_type,
            @meter_serial_number);
        """);

    public static readonly Statement UpsertSeen = new(
        """
        INSERT INTO charger_state (tenant_id, charger_id, online, seen_at) VALUES (@tenant, @charger, @online, @at)
        ON CONFLICT (tenant_id, charger_id) DO UPDATE SET seen_at = excluded.seen_at
        WHERE charger_state.seen_at IS NULL OR excluded.seen_at >= charger_state.seen_at
        """,
        """
        MERGE charger_state WITH (HOLDLOCK) AS stored
        USING (SELECT @tenant AS tenant_id, @charger AS charger_id) AS excluded
        ON stored.tenant_id = excluded.tenant_id AND stored.charger_id = excluded.charger_id
        WHEN MATCHED AND (stored.seen_at IS NULL OR @at >= stored.seen_at) THEN UPDATE SET seen_at = @at
        WHEN NOT MATCHED THEN INSERT (tenant_id, charger_id, online, seen_at) VALUES (@tenant, @charger, @online, @at);
        """);

    public const string CountWarning =
        """
        UPDATE conformance_warning SET
            count = count + @count,
            example = CASE WHEN @at >= last_at THEN @example ELSE example END,
            last_at = CASE WHEN @at >= last_at THEN @at ELSE last_at END
        WHERE tenant_id = @tenant AND charger_id = @charger AND action = @action AND "rule" = @rule AND field = @field
        """;

    /// <summary>Another process may have been faster with the first of a kind.</summary>
    public static readonly Statement InsertWarning = new(
        """
        INSERT INTO conformance_warning (tenant_id, charger_id, action, "rule", field, example, last_at, count)
        SELECT @tenant, @charger, @action, @rule, @field, @example, @at, @count
        WHERE (SELECT COUNT(*) FROM conformance_warning WHERE tenant_id = @tenant AND charger_id = @charger) < @most
        ON CONFLICT (tenant_id, charger_id, action, "rule", field) DO UPDATE SET
            count = conformance_warning.count + excluded.count,
            example = CASE WHEN excluded.last_at >= conformance_warning.last_at
                THEN excluded.example ELSE conformance_warning.example END,
            last_at = CASE WHEN excluded.last_at >= conformance_warning.last_at
                THEN excluded.last_at ELSE conformance_warning.last_at END
        """,
        """
        MERGE conformance_warning WITH (HOLDLOCK) AS stored
        USING (
            SELECT @tenant AS tenant_id, @charger AS charger_id, @action AS action, @rule AS "rule", @field AS field,
                (SELECT COUNT(*) FROM conformance_warning WHERE tenant_id = @tenant AND charger_id = @charger) AS known) AS excluded
        ON stored.tenant_id = excluded.tenant_id AND stored.charger_id = excluded.charger_id AND stored.action = excluded.action
            AND stored."rule" = excluded."rule" AND stored.field = excluded.field
        WHEN MATCHED THEN UPDATE SET
            count = stored.count + @count,
            example = CASE WHEN @at >= stored.last_at THEN @example ELSE stored.example END,
            last_at = CASE WHEN @at >= stored.last_at THEN @at ELSE stored.last_at END
        WHEN NOT MATCHED AND excluded.known < @most THEN INSERT (
            tenant_id, charger_id, action, "rule", field, example, last_at, count)
        VALUES (@tenant, @charger, @action, @rule, @field, @example, @at, @count);
        """);

    public static readonly Statement PruneEvents = new(
        """
        DELETE FROM event WHERE tenant_id = @tenant AND row_id <= (
            SELECT row_id FROM event WHERE tenant_id = @tenant ORDER BY row_id DESC LIMIT 1 OFFSET @most)
        """,
        """
        DELETE FROM event WHERE tenant_id = @tenant AND row_id <= (
            SELECT row_id FROM event WHERE tenant_id = @tenant ORDER BY row_id DESC OFFSET @most ROWS FETCH NEXT 1 ROWS ONLY)
        """);

    public const string InsertEvent =
        """
        INSERT INTO event (tenant_id, at, kind, charger_id, detail) VALUES (@tenant, @at, @kind, @charger, @detail)
        """;
}
