namespace EvCharge.History.Configuration;

/// <summary>What the way of a frame or a request asks of the configuration. Each is answered from a key.</summary>
internal static class ConfigurationQueries
{
    public const string Tenant = "SELECT * FROM tenant WHERE tenant_id = @tenant";

    public const string Settings = "SELECT * FROM tenant_setting WHERE tenant_id = @tenant";

    public const string Charger = "SELECT * FROM charger WHERE tenant_id = @tenant AND charger_id = @charger";

    public const string ConnectorsOfCharger =
        "SELECT * FROM charger_connector WHERE tenant_id = @tenant AND charger_id = @charger ORDER BY connector";

    public const string ChargersOfSite = "SELECT * FROM charger WHERE tenant_id = @tenant AND site_id = @site ORDER BY charger_id";

    public const string ConnectorsOfSite =
        """
        SELECT * FROM charger_connector
        WHERE tenant_id = @tenant AND charger_id IN (SELECT charger_id FROM charger WHERE tenant_id = @tenant AND site_id = @site)
        ORDER BY charger_id, connector
        """;

    public const string Tag = "SELECT * FROM tag WHERE tenant_id = @tenant AND tag_key = @tag";

    public const string VehicleOfTag = "SELECT * FROM vehicle_tag WHERE tenant_id = @tenant AND tag_key = @tag";

    /// <summary>That of the charger, and that of its site.</summary>
    public const string TakeoversOfCharger =
        """
        SELECT * FROM authorization_takeover WHERE tenant_id = @tenant AND scope = 'charger' AND name = @charger
        UNION ALL
        SELECT * FROM authorization_takeover WHERE tenant_id = @tenant AND scope = 'site' AND name = @site
        """;

    public const string Takeover =
        "SELECT * FROM authorization_takeover WHERE tenant_id = @tenant AND scope = @scope AND name = @name";

    public const string ExternalAuthorization = "SELECT * FROM external_authorization WHERE tenant_id = @tenant AND site_id = @site";

    public const string CredentialOfSecret = "SELECT * FROM credential WHERE secret_hash = @secret_hash";
}
