using System.Diagnostics;
using EvCharge.ChargerSimulator;
using EvCharge.ChargerSimulator.Sessions;
using EvCharge.ChargerSimulator.Vehicles;

namespace EvCharge.ClusterTests;

/// <summary>A crowded site whose silo is killed draws no more than it may, and is decided upon again within moments.</summary>
[Collection(ProcessTests.Name)]
public sealed class SharingLossTests(ITestOutputHelper output)
{
    private const double Limit = 80;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_site_that_loses_its_silo_never_exceeds_its_limit_and_decides_again()
    {
        await using var product = await Installation.StartAsync(InstallationKind.Split, "sharing");
        using var api = await product.LoginAsync();
        await api.PutAsync("sites/CROWDED", new
        {
            limit = Limit,
            smartCharging = new
            {
                enabled = true, tickSeconds = 1, increaseIntervalSeconds = 1, minOnSeconds = 5, minOffSeconds = 5, settleSeconds = 3,
                deadBand = 0.5, hysteresis = 0,
            },
        });
        await api.PutAsync("tags/SITE", new { status = "Accepted" });
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var chargers = new List<ChargePoint>();
        for (var number = 0; number < 8; number++)
        {
            await api.PutAsync($"chargers/S{number}", new { site = "CROWDED", connectors = 1 });
            chargers.Add(new ChargePoint(new ChargePointOptions
            {
                Url = product.OcppOf(number), Identity = $"S{number}", SampleInterval = TimeSpan.FromSeconds(5), Seed = number,
            }));
        }
        var running = chargers.Select(charger => charger.RunAsync(end.Token)).ToArray();
        var sessions = chargers.Select(charger => ChargeAsync(charger, end.Token)).ToArray();
        await ShareAsync(chargers);
        var watching = WatchAsync(chargers, end.Token);

        foreach (var silo in product.Silos)
        {
            var killedAt = TimeProvider.System.GetUtcNow();
            var clock = Stopwatch.StartNew();
            await silo.KillAsync();
            while ((await api.TryGetAsync("sites/CROWDED/allocation"))?.Time("decidedAt") is not { } decided || decided <= killedAt + TimeSpan.FromSeconds(1))
            {
                Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), "The site did not decide again.");
                await Task.Delay(200, TestContext.Current.CancellationToken);
            }
            output.WriteLine($"{silo.Name}: decided again after {clock.Elapsed.TotalSeconds:0.0} s");
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, Soon + TimeSpan.FromSeconds(5)); // Of a machine that is busy with other tests.
            await silo.StartAsync();
            await ShareAsync(chargers);
        }

        await end.CancelAsync();
        var (seconds, most, mostAllowed) = await watching;
        await Task.WhenAll([.. running, .. sessions]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        output.WriteLine($"{seconds} looks; most drawn {most:0.0} A, most allowed {mostAllowed:0.0} A");
        Assert.InRange(seconds, 10, int.MaxValue);
        Assert.InRange(most, 6 * 8, Limit + 0.5);
        Assert.InRange(mostAllowed, 6 * 8, Limit);
    }

    private static async Task ChargeAsync(ChargePoint charger, CancellationToken stop)
    {
        await charger.WaitOnlineAsync(stop);
        await charger.ChargeAsync(1, new SessionPlan(new ElectricVehicle(90, 10, 32, 3), "SITE", TimeSpan.FromHours(1), TimeSpan.Zero), stop);
    }

    /// <summary>Comes back when nine tenths of the limit are given, and the vehicles that began without any have come down to it.</summary>
    private static async Task ShareAsync(List<ChargePoint> chargers)
    {
        for (var clock = Stopwatch.StartNew(); !(Allowed(chargers) is > Limit * 0.9 and < Limit && Drawn(chargers) <= Limit && chargers.TrueForAll(charger => charger.Profiles.LimitOf(1) >= 6));)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), $"The site did not share its limit: {Allowed(chargers):0.0} A.");
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    private static double Drawn(List<ChargePoint> chargers) => chargers.Sum(charger => charger.Connectors[0].Meter.Read().Currents[0]);

    private static double Allowed(List<ChargePoint> chargers) => chargers.Sum(charger => charger.Profiles.LimitOf(1) ?? charger.Options.MaxCurrent);

    private static async Task<(int Looks, double Drawn, double Allowed)> WatchAsync(List<ChargePoint> chargers, CancellationToken stop)
    {
        var (looks, drawn, allowed) = (0, 0.0, 0.0);
        while (!stop.IsCancellationRequested)
        {
            looks++;
            drawn = Math.Max(drawn, Drawn(chargers));
            allowed = Math.Max(allowed, Allowed(chargers));
            await Task.Delay(250, CancellationToken.None);
        }
        return (looks, drawn, allowed);
    }
}
