using EvCharge.Domain.Identity;
using EvCharge.History;
using EvCharge.History.Audit;
using EvCharge.History.Configuration;
using EvCharge.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EvCharge.Hosting;

/// <summary><c>--verify-audit</c>: goes through the audit logs of all tenants beside whatever runs, and ends.</summary>
public static class AuditVerification
{
    public const string Switch = "--verify-audit";

    private const int Page = 500;

    /// <summary>Prints a line for each tenant.</summary>
    /// <returns>The exit code: 0 when all chains hold, 1 when one is broken or the database cannot be read.</returns>
    public static async Task<int> Run(DatabaseLocation history)
    {
        var intact = false;
        var ended = await ProcessRun.Run(async stop => intact = await Verify(history, stop));
        return ended == 0 && !intact ? 1 : ended;
    }

    private static async Task<bool> Verify(DatabaseLocation history, CancellationToken stop)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddEvChargeHistory(options => options.Database = history)
            .BuildServiceProvider();
        var (store, log) = (services.GetRequiredService<ConfigurationStore>(), services.GetRequiredService<AuditLog>());
        var intact = true;
        try
        {
            for (var page = await store.Tenants(null, Page); page.Count > 0; page = await store.Tenants(page[^1].Value.Tenant.Value, Page))
            {
                foreach (var tenant in page.Select(row => row.Value.Tenant))
                {
                    intact &= Tell(tenant, await log.Verify(tenant, stop));
                }
            }
        }
        catch (HistoryUnavailableException unavailable)
        {
            await Console.Error.WriteLineAsync($"The database: {unavailable.Message}");
            return false;
        }

        return intact;
    }

    private static bool Tell(TenantId tenant, AuditVerdict verdict)
    {
        Console.WriteLine(verdict.BrokenAt is { } broken
            ? $"{tenant}: broken at entry {broken}, after {verdict.Entries} that hold"
            : $"{tenant}: {verdict.Entries} entries hold, the last {verdict.Head}");
        return verdict.BrokenAt is null;
    }
}
