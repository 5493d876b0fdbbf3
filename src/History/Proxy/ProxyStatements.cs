using EvCharge.History.Engines;

namespace EvCharge.History.Proxy;

/// <summary>What is written for each message of a relayed charger that is neither a start nor a stop.</summary>
internal static class ProxyStatements
{
    /// <summary>For a link that there is.</summary>
    public const string Add =
        """
        INSERT INTO proxy_message (
            tenant_id, charger_id, link_id, action, connector, ocpp_id, payload, received_at, attempts, parked)
        SELECT @tenant, @charger, @link, @action, @connector, @transaction, @payload, @received_at, 0, @no
        WHERE EXISTS (SELECT 1 FROM proxy_link WHERE tenant_id = @tenant AND charger_id = @charger AND link_id = @link)
        """;

    /// <summary>For a link that was told of the transaction, and not yet of its end.</summary>
    public const string AddOfTransaction =
        $"""
        {Add} AND EXISTS (
            SELECT 1 FROM proxy_transaction
            WHERE tenant_id = @tenant AND charger_id = @charger AND link_id = @link AND ocpp_id = @transaction AND stopped = @no)
        """;

    public const string DropStatus =
        """
        DELETE FROM proxy_message
        WHERE tenant_id = @tenant AND charger_id = @charger AND link_id = @link AND action = @action AND connector = @connector
        """;

    /// <summary>Drops what has that many messages of its link behind it.</summary>
    public static readonly Statement DropOldest = new(
        """
        DELETE FROM proxy_message
        WHERE tenant_id = @tenant AND charger_id = @charger AND link_id = @link AND action = @action AND row_id <= (
            SELECT row_id FROM proxy_message
            WHERE tenant_id = @tenant AND charger_id = @charger AND link_id = @link
            ORDER BY row_id DESC LIMIT 1 OFFSET @most)
        """,
        """
        DELETE FROM proxy_message
        WHERE tenant_id = @tenant AND charger_id = @charger AND link_id = @link AND action = @action AND row_id <= (
            SELECT row_id FROM proxy_message
            WHERE tenant_id = @tenant AND charger_id = @charger AND link_id = @link
            ORDER BY row_id DESC OFFSET @most ROWS FETCH NEXT 1 ROWS ONLY)
        """);
}
