using System.Globalization;
using EvCharge.ClusterTests.Audit;

namespace EvCharge.ClusterTests;

/// <summary>
/// Nothing acknowledged is lost or doubled, whatever is killed at any moment. EVCHARGE_KILLS says how often, and EVCHARGE_SEED
/// repeats a run.
/// </summary>
[Collection(ProcessTests.Name)]
[Trait("fault", "F1")]
[Trait("fault", "F2")]
[Trait("fault", "F10")]
public sealed class KillAuditTests(ITestOutputHelper output)
{
    private const int SessionsPerKill = 40;
    private readonly int _kills = Setting("EVCHARGE_KILLS", 25);
    private readonly int _seed = Setting("EVCHARGE_SEED", Random.Shared.Next());

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_doubled_when_the_product_is_killed_at_any_moment()
    {
        await using var product = await StartAsync(InstallationKind.Standalone);
        await Audit(product).RunAsync(Stage(product.Silos, _kills));
    }

    /// <summary>The split below is on PostgreSQL too, so that each change need not wait for this one.</summary>
    [Fact]
    public async Task Nor_on_PostgreSQL()
    {
        LongRun.Only();
        await using var product = await StartAsync(InstallationKind.StandaloneOnPostgreSql);
        await Audit(product).RunAsync(Stage(product.Silos, _kills / 5));
    }

    [Fact]
    public async Task Nor_when_silos_are_killed_without_a_charger_noticing_and_then_gateways()
    {
        await using var product = await StartAsync(InstallationKind.Split);
        await Audit(product).RunAsync(
            Stage(product.Silos, (_kills + 1) / 2) with { SocketsStay = true },
            Stage(product.Gateways, _kills / 2));
    }

    /// <summary>Kills without a pause may hit each repeat of a message; that is no outage of the record, which would send chargers away.</summary>
    private Task<Installation> StartAsync(InstallationKind kind)
    {
        output.WriteLine($"EVCHARGE_SEED={_seed} EVCHARGE_KILLS={_kills}");
        return Installation.StartAsync(kind, "kill", "--Ocpp:UnansweredSeconds=600");
    }

    private static KillStage Stage(IReadOnlyList<ProductProcess> victims, int kills) => new(victims, kills, kills * SessionsPerKill);

    private KillAudit Audit(Installation product) => new(product, _seed, output);

    private static int Setting(string name, int standard) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : standard;
}
