using EvCharge.Domain.Identity;
using EvCharge.History.Audit;
using EvCharge.History.ChargingProfiles;
using EvCharge.History.DesiredState;
using EvCharge.History.LocalLists;
using EvCharge.History.Tables;
using LinqToDB;

namespace EvCharge.History.Configuration;

public sealed partial class ConfigurationStore
{
    public Task<Versioned<ChargerConfiguration>?> Charger(ChargerId charger) => engine.Read(async tables =>
    {
        (string, object?)[] key = [("tenant", charger.Tenant.Value), ("charger", charger.Name)];
        if (await tables.Ask<ChargerRow>(ConfigurationQueries.Charger, key) is not [var row])
        {
            return null;
        }

        var connectors = await tables.Ask<ChargerConnectorRow>(ConfigurationQueries.ConnectorsOfCharger, key);
        return Read(row, connectors);
    });

    /// <summary>All chargers of a site, by name.</summary>
    public Task<IReadOnlyList<ChargerConfiguration>> ChargersOf(SiteId site) => engine.Read<IReadOnlyList<ChargerConfiguration>>(async tables =>
    {
        (string, object?)[] key = [("tenant", site.Tenant.Value), ("site", site.Name)];
        var chargers = await tables.Ask<ChargerRow>(ConfigurationQueries.ChargersOfSite, key);
        var connectors = (await tables.Ask<ChargerConnectorRow>(ConfigurationQueries.ConnectorsOfSite, key)).ToLookup(row => row.ChargerId);
        return chargers.ConvertAll(charger => Read(charger, connectors[charger.ChargerId]).Value);
    });

    /// <summary>Puts a charger with its connectors: those not listed are gone. Its site must exist, and a new one is within the tenant's quota.</summary>
    public Task<WriteResult> PutCharger(TenantId tenant, ChargerConfiguration charger, long? expected) =>
        Change(tenant, Putting(tenant, charger, expected));

    /// <summary>Deletes a charger and what was known of its state. Its transactions stay.</summary>
    public Task<WriteResult> DeleteCharger(ChargerId charger, long? expected) =>
        Change(charger.Tenant, Deleting(charger, expected, time.GetUtcNow()));

    private static Step Putting(TenantId tenant, ChargerConfiguration charger, long? expected) => new(
        $"chargers/{charger.Charger}", SubjectOf(new ChargerId(tenant, charger.Charger)), write =>
    {
        var tables = write.Tables;
        if (!SiteStands(tables, tenant, charger.Site))
        {
            return WriteResult.MissingReference;
        }

        var before = tables.Chargers.FirstOrDefault(row => row.TenantId == tenant.Value && row.ChargerId == charger.Charger);
        if (before is null && !HasRoom(tables, tenant))
        {
            return WriteResult.QuotaExceeded;
        }

        ChargerRow Row(long version) => new()
        {
            TenantId = tenant.Value,
            ChargerId = charger.Charger,
            SiteId = charger.Site,
            SecurityProfile = charger.SecurityProfile,
            PasswordHash = charger.PasswordHash,

            // One that was set by hand is newer than those that the charger was given before.
            NextPasswordHashes = charger.PasswordHash == before?.PasswordHash ? before?.NextPasswordHashes : null,
            NextSecurityProfile = charger.SecurityProfile == before?.SecurityProfile ? before?.NextSecurityProfile : null,
            Parameters = charger.Parameters,
            FrameLog = charger.FrameLog,
            Ping = charger.Ping,
            TimeZone = charger.TimeZone,
            LocalList = charger.LocalList,
            ClearCache = charger.ClearCache,
            ProxyLinks = before?.ProxyLinks,
            RowVersion = version,
        };
        var result = write.Put(
            tenant,
            before?.RowVersion,
            expected,
            version => tables.Insert(Row(version)),
            version => tables.Update(Row(version)));
        if (result.Outcome is WriteOutcome.Created or WriteOutcome.Replaced)
        {
            ReplaceConnectors(tables, tenant, charger);
        }

        return result;
    });

    private static Step Deleting(ChargerId charger, long? expected, DateTimeOffset now) => new(
        $"chargers/{charger.Name}", SubjectOf(charger), write =>
    {
        var (tables, tenant, name) = (write.Tables, charger.Tenant.Value, charger.Name);
        return Versioning.Delete(VersionOf(tables, charger), expected, () =>
        {
            tables.Chargers.Delete(row => row.TenantId == tenant && row.ChargerId == name);
            tables.ChargerConnectors.Delete(row => row.TenantId == tenant && row.ChargerId == name);
            tables.ChargerStates.Delete(row => row.TenantId == tenant && row.ChargerId == name);
            tables.ConnectorStates.Delete(row => row.TenantId == tenant && row.ChargerId == name);
            RevokeCertificates(tables, charger, now);
            DeleteTakeover(tables, TakeoverScope.Of(charger));
            tables.Warnings.Delete(row => row.TenantId == tenant && row.ChargerId == name);
            DesiredStateStore.Forget(tables, charger);
            LocalListStore.Forget(tables, charger);
            ProfileStore.Forget(tables, charger);
            ForgetProxyLinks(tables, charger);
        });
    });

    internal static Versioned<ChargerConfiguration> Read(ChargerRow row, IEnumerable<ChargerConnectorRow> connectors) => new(
        new ChargerConfiguration(
            row.ChargerId,
            row.SiteId,
            row.SecurityProfile,
            row.PasswordHash,
            row.Parameters,
            [.. connectors.Select(connector => new ConnectorConfiguration(connector.Connector, connector.Parameters))])
        {
            NextPasswordHashes = NextPasswords(row),
            NextSecurityProfile = row.NextSecurityProfile,
            FrameLog = row.FrameLog,
            Ping = row.Ping,
            TimeZone = row.TimeZone,
            LocalList = row.LocalList,
            ClearCache = row.ClearCache,
            ProxyLinks = row.ProxyLinks is null ? [] : row.ProxyLinks.Split(Between),
        },
        row.RowVersion);

    private static AuditSubject SubjectOf(ChargerId charger) =>
        AuditSubject.Of<ChargerRow>(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name)
            .With<ChargerConnectorRow>("connectors", row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name);

    private static void ReplaceConnectors(HistoryTables tables, TenantId tenant, ChargerConfiguration charger)
    {
        tables.ChargerConnectors.Delete(row => row.TenantId == tenant.Value && row.ChargerId == charger.Charger);
        foreach (var connector in charger.Connectors)
        {
            tables.Insert(new ChargerConnectorRow
            {
                TenantId = tenant.Value,
                ChargerId = charger.Charger,
                Connector = connector.Connector,
                Parameters = connector.Parameters,
            });
        }

        // What a connector that is gone said last must not stand beside the ones that are left.
        var last = charger.Connectors.Count == 0 ? 0 : charger.Connectors.Max(connector => connector.Connector);
        tables.ConnectorStates.Delete(row =>
            row.TenantId == tenant.Value && row.ChargerId == charger.Charger && row.Connector > last);
    }

    private static long? VersionOf(HistoryTables tables, ChargerId charger) => tables.Chargers
        .Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name)
        .Select(row => (long?)row.RowVersion)
        .FirstOrDefault();
}
