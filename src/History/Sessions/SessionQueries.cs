using EvCharge.History.Engines;

namespace EvCharge.History.Sessions;

/// <summary>The questions that grains ask of the record. Each is answered from an index.</summary>
internal static class SessionQueries
{
    public const string StatusOfConnector =
        "SELECT * FROM connector_state WHERE tenant_id = @tenant AND charger_id = @charger AND connector = @connector";

    /// <summary>The newest at a moment that is past.</summary>
    public static readonly Statement StatusBefore = new(
        """
        SELECT * FROM status_history
        WHERE tenant_id = @tenant AND charger_id = @charger AND connector = @connector AND received_at < @moment
        ORDER BY received_at DESC
        LIMIT 1
        """,
        """
        SELECT TOP (1) * FROM status_history
        WHERE tenant_id = @tenant AND charger_id = @charger AND connector = @connector AND received_at < @moment
        ORDER BY received_at DESC
        """);

    /// <summary>Newest first.</summary>
    public const string OpenOfCharger =
        """
        SELECT * FROM charging_transaction
        WHERE tenant_id = @tenant AND charger_id = @charger AND stopped_at IS NULL
        ORDER BY started_at DESC, id DESC
        """;

    /// <summary>Those of a tag, on any charger of the tenant.</summary>
    public const string OpenOfTag =
        "SELECT * FROM charging_transaction WHERE tenant_id = @tenant AND tag_key = @tag AND stopped_at IS NULL";

    /// <summary>Newest first.</summary>
    public const string OpenOfConnector =
        """
        SELECT * FROM charging_transaction
        WHERE tenant_id = @tenant AND charger_id = @charger AND connector = @connector AND stopped_at IS NULL
        ORDER BY started_at DESC, id DESC
        """;

    public static readonly Statement LastEndedOfConnector = new(
        """
        SELECT * FROM charging_transaction
        WHERE tenant_id = @tenant AND charger_id = @charger AND connector = @connector AND stopped_at IS NOT NULL
        ORDER BY stopped_at DESC, id DESC
        LIMIT 1
        """,
        """
        SELECT TOP (1) * FROM charging_transaction
        WHERE tenant_id = @tenant AND charger_id = @charger AND connector = @connector AND stopped_at IS NOT NULL
        ORDER BY stopped_at DESC, id DESC
        """);

    /// <summary>Newest first.</summary>
    public const string StartsOfConnector =
        """
        SELECT * FROM charging_transaction
        WHERE tenant_id = @tenant AND charger_id = @charger AND connector = @connector AND raw_start = @raw_start
          AND tag_key = @tag AND meter_start = @meter_start
        ORDER BY again DESC
        """;

    /// <summary>The newest: an id on the wire comes back after a year.</summary>
    public static readonly Statement WithOcppId = new(
        """
        SELECT * FROM charging_transaction
        WHERE tenant_id = @tenant AND ocpp_id = @ocpp_id AND charger_id = @charger
        ORDER BY id DESC
        LIMIT 1
        """,
        """
        SELECT TOP (1) * FROM charging_transaction
        WHERE tenant_id = @tenant AND ocpp_id = @ocpp_id AND charger_id = @charger
        ORDER BY id DESC
        """);

    /// <summary>Chargers whose running transactions have been silent, or whose connector has been free, for too long.</summary>
    public const string OverdueOfSite =
        """
        SELECT DISTINCT t.charger_id FROM charging_transaction t
        LEFT JOIN connector_state c
          ON c.tenant_id = t.tenant_id AND c.charger_id = t.charger_id AND c.connector = t.connector
        WHERE t.tenant_id = @tenant AND t.site_id = @site AND t.stopped_at IS NULL
          AND ((t.received_at < @inactive_since AND (t.last_sample_at IS NULL OR t.last_sample_at < @inactive_since))
            OR (c.status = @available AND c.received_at < @available_since))
        """;
}
