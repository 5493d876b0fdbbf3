using System.Text.Json;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History.Audit;
using EvCharge.History.Chargers;
using EvCharge.History.Configuration;
using EvCharge.History.Sessions;
using EvCharge.History.Tenants;
using EvCharge.HistoryTests.Sessions;

namespace EvCharge.HistoryTests.Tenants;

[Trait(TestEngine.Trait, TestEngine.PostgreSql)]
public sealed class TenantRecordsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static readonly TenantId Acme = new("acme");

    private const string TablesOfTenants =
        """
        SELECT t.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.name = 'tenant_id'
        """;

    private static readonly string[] Kept = ["tenant", "id_block"];

    [Fact]
    public async Task Every_table_with_rows_of_tenants_is_exported_and_erased_but_the_two_that_stay() =>
        Assert.Equal(await Tables(), TenantTables.All.Select(table => table.Name).Concat(Kept).Order(StringComparer.Ordinal));

    [Fact]
    public async Task An_erased_tenant_leaves_no_row_and_its_neighbour_all()
    {
        await using var history = await TestHistory.Create();
        await Fill(history, TestHistory.Tenant);
        await Fill(history, Acme);
        var before = await Counts(history, TestHistory.Tenant);
        Assert.All((await Counts(history, Acme)).Zip(before), pair => Assert.True(pair.First.Count >= 1 == pair.Second.Count >= 1, pair.ToString()));

        await history.Tenants.Erase(Acme, Cancelled);

        Assert.All(await Counts(history, Acme), table => Assert.True(table.Count == 0, table.ToString()));
        Assert.Equal(before, await Counts(history, TestHistory.Tenant));
        Assert.Null(await history.Configuration.Tenant(Acme));
        Assert.True(before.Count(table => table.Count > 0) >= 12, string.Join(", ", before));
    }

    [Fact]
    public async Task More_rows_than_a_piece_are_erased_and_exported_whole()
    {
        await using var history = await TestHistory.Create();
        const int many = 4_500;
        await Task.WhenAll(Enumerable.Range(0, many).Select(number =>
            history.Chargers.RecordEvent(Acme, new EventRecord(Facts.Noon, "kind", null, $"event {number}"))));

        Assert.Equal(many, await history.Tenants.Export(Acme, Cancelled).CountAsync(record => record.Table == "event", Cancelled));
        await history.Tenants.Erase(Acme, Cancelled);

        Assert.Equal(0, await history.Scalar<long>("SELECT COUNT(*) FROM event WHERE tenant_id = 'acme'"));
    }

    [Fact]
    public async Task An_export_has_what_is_kept_by_column_and_no_secret()
    {
        await using var history = await TestHistory.Create();
        await Fill(history, Acme);

        var lines = await history.Tenants.Export(Acme, Cancelled).Select(record => JsonSerializer.Serialize(record)).ToListAsync(Cancelled);

        Assert.Contains(lines, line => line.StartsWith("""{"Table":"site","Row":{"site_id":"home","name":"Home",""", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("\"Table\":\"charging_transaction\"", StringComparison.Ordinal) && line.Contains("\"meter_start\":1000", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("\"Table\":\"user_account\"", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain("secret-hash", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain("tenant_id", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tenant_is_deleted_only_when_suspended_and_is_found_by_those_who_erase_it()
    {
        await using var history = await TestHistory.Create();
        var tenant = new TenantConfiguration(Acme, "Acme", TenantState.Active, new TenantQuotas(2, 10, 30));
        var put = await history.Configuration.PutTenant(tenant, null);

        Assert.Equal(tenant, (await history.Configuration.Tenant(Acme))!.Value);
        Assert.Equal(WriteOutcome.InUse, (await history.Configuration.DeleteTenant(Acme, null)).Outcome);
        Assert.Equal(WriteOutcome.Replaced, (await history.Configuration.SuspendTenant(Acme, suspended: true)).Outcome);
        Assert.Equal(tenant with { State = TenantState.Suspended }, (await history.Configuration.Tenant(Acme))!.Value);
        Assert.Equal(WriteOutcome.Conflict, (await history.Configuration.DeleteTenant(Acme, put.RowVersion)).Outcome);
        Assert.Equal(WriteOutcome.Deleted, (await history.Configuration.DeleteTenant(Acme, null)).Outcome);
        Assert.Equal([Acme], await history.Configuration.TenantsToErase());
        Assert.Equal(WriteOutcome.NotFound, (await history.Configuration.PutTenant(tenant, null)).Outcome);
        Assert.Equal(WriteOutcome.NotFound, (await history.Configuration.SuspendTenant(Acme, suspended: false)).Outcome);
        Assert.Equal(
            ["tenants/acme", "tenants/acme", "tenants/acme"],
            await history.Audit.All(TenantId.Default, Cancelled).Select(entry => entry.Target).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task A_charger_more_than_the_quota_is_not_stored_and_those_within_can_be_replaced()
    {
        await using var history = await TestHistory.Create();
        await history.Configuration.PutTenant(new TenantConfiguration(Acme, "Acme", TenantState.Active, new TenantQuotas(1, null, null)), null);
        var charger = new ChargerConfiguration("CP1", null, 0, null, null, [new(1, null)]);

        Assert.Equal(WriteOutcome.Created, (await history.Configuration.PutCharger(Acme, charger, null)).Outcome);
        Assert.Equal(WriteOutcome.Replaced, (await history.Configuration.PutCharger(Acme, charger, null)).Outcome);
        Assert.Equal(WriteOutcome.QuotaExceeded, (await history.Configuration.PutCharger(Acme, charger with { Charger = "CP2" }, null)).Outcome);
        Assert.Equal(WriteOutcome.Created, (await history.Configuration.PutCharger(TestHistory.Tenant, charger with { Charger = "CP2" }, null)).Outcome);
    }

    /// <summary>A row in most of the tables.</summary>
    private static async Task Fill(TestHistory history, TenantId tenant)
    {
        var (charger, configuration) = (new ChargerId(tenant, "CP1"), history.Configuration);
        await configuration.PutTenant(new TenantConfiguration(tenant, "a tenant", TenantState.Active, TenantQuotas.None), null);
        await configuration.PutSettings(tenant, TenantSettings.Defaults, null);
        await configuration.PutSite(tenant, new SiteConfiguration("home", "Home", "UTC", "A", 63, null, null), null);
        await configuration.PutCharger(tenant, new ChargerConfiguration("CP1", "home", 1, "secret-hash", null, [new(1, null)]), null);
        await configuration.PutVehicle(tenant, new VehicleConfiguration("zoe", "Zoe", null, null, ["T1"], null), null);
        await configuration.PutTag(tenant, new TagConfiguration("T1", "Accepted", null, null, [], null, "zoe"), null);
        await configuration.PutUser(tenant, new UserConfiguration("ann", "secret-hash", "guest", false, false), null);
        await configuration.AddCredential(tenant, new CredentialConfiguration(
            $"id-{tenant}", "key", [.. System.Text.Encoding.UTF8.GetBytes($"secret-hash-of-{tenant}")], "ann", "guest", false, null, Facts.Noon, null));
        var start = await Facts.NewStart(history, new ConnectorId(charger, 1));
        await history.Sessions.Commit(tenant, [new TransactionOpened(start)]);
        await history.Sessions.Commit(tenant, [new TransactionEnded(start.Ended())]);
        await history.Chargers.RecordConnection(charger, online: true, Facts.Noon, "ocpp1.6", "10.0.0.1");
        await history.Chargers.RecordEvent(tenant, new EventRecord(Facts.Noon, "kind", "CP1", "detail"));
    }

    private static async Task<IReadOnlyList<(string Table, long Count)>> Counts(TestHistory history, TenantId tenant)
    {
        var counts = new List<(string, long)>();
        foreach (var table in TenantTables.All)
        {
            counts.Add((table.Name, await history.Scalar<long>($"SELECT COUNT(*) FROM {table.Name} WHERE tenant_id = '{tenant}'")));
        }

        return counts;
    }

    private static async Task<IEnumerable<string>> Tables()
    {
        await using var history = await TestHistory.CreateSqlite();
        await using var connection = await TestEngine.Connect(history.Database);
        await using var command = connection.CreateCommand();
        command.CommandText = TablesOfTenants;
        await using var reader = await command.ExecuteReaderAsync(Cancelled);
        var names = new List<string>();
        while (await reader.ReadAsync(Cancelled))
        {
            names.Add(reader.GetString(0));
        }

        return names.Order(StringComparer.Ordinal);
    }
}
