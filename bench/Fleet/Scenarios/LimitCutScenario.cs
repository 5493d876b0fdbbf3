using EvCharge.ChargerSimulator;
using EvCharge.ChargerSimulator.Sessions;
using EvCharge.ChargerSimulator.Vehicles;
using EvCharge.Fleet.Report;
using EvCharge.Fleet.Servers;

namespace EvCharge.Fleet.Scenarios;

/// <summary>From a cut of a site's limit until the last charger holds the lower one that it needs.</summary>
internal static class LimitCutScenario
{
    private const double Before = 20;
    private const double After = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task<Findings> Measure(Effort effort)
    {
        await using var target = await Target.Start(TargetKind.Sqlite);
        await target.ProvideTag("SITE");
        var hundred = await Cut(target, 100, effort.Rounds);
        var thousand = await Cut(target, effort.Of(1_000), effort.Rounds);
        return new Findings(
            "Limit cut",
            $"Chargers with a vehicle each, at about {Before:0} A; the site's limit is cut to {After:0} A for each. From the request until the last charger has "
            + "taken its lower limit, over OCPP, on SQLite in one process; chargers and server share the machine. Medians.")
            .Need("100 chargers, s", hundred.Median(), 0.5, null, atLeast: false)
            .Need("1,000 chargers, s", thousand.Median(), 2, null, atLeast: false)
            .Table("Rounds, s", ["100 chargers", "1,000 chargers"], hundred.Zip(thousand, (few, many) => (string[])[Figure.Of(few), Figure.Of(many)]));
    }

    private static async Task<List<double>> Cut(Target target, int count, int rounds)
    {
        var site = $"cut{count}";
        string[] names = [.. Enumerable.Range(0, count).Select(number => $"{site}-{number}")];
        await target.Api.PutSharingSite(site, Before * count, new
        {
            enabled = true, tickSeconds = 1, increaseIntervalSeconds = 0, minOnSeconds = 0, minOffSeconds = 0, settleSeconds = 1, deadBand = 0.5, hysteresis = 0,
        });
        await target.Api.PutChargers(names, site);
        using var end = new CancellationTokenSource();
        ChargePoint[] chargers = [.. names.Select(name => new ChargePoint(new ChargePointOptions { Url = new Uri($"ws://{target.Address}/ocpp"), Identity = name }))];
        var running = chargers.Select(charger => charger.RunAsync(end.Token)).ToArray();
        await Task.WhenAll(chargers.Select(charger => charger.WaitOnlineAsync(end.Token)));
        var sessions = chargers.Select(charger => charger.ChargeAsync(
            1, new SessionPlan(new ElectricVehicle(90, 10, 32, 3), "SITE", TimeSpan.FromHours(1), TimeSpan.Zero), end.Token)).ToArray();
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            await target.Api.PutLimit(site, Before * count);
            await Until(() => chargers.All(charger => charger.Profiles.LimitOf(1) is > Before - 1.5 and < Before + 1));
            var cutAt = TimeProvider.System.GetUtcNow();
            await target.Api.PutLimit(site, After * count);
            await Until(() => chargers.All(charger => charger.Profiles.LimitOf(1) <= After));
            times.Add((chargers.Max(charger => charger.Profiles.TakenAt) - cutAt).TotalSeconds);
        }
        await end.CancelAsync();
        await Task.WhenAll([.. running, .. sessions]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return times;
    }

    private static async Task Until(Func<bool> holds)
    {
        for (var until = TimeProvider.System.GetUtcNow() + Patience; !holds(); await Task.Delay(TimeSpan.FromMilliseconds(100)))
        {
            if (TimeProvider.System.GetUtcNow() > until)
            {
                throw new TimeoutException("The chargers were not brought to their limits.");
            }
        }
    }
}
