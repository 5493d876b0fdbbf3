using System.Diagnostics;
using System.Net;
using System.Text;
using EvCharge.ClusterTests.Simulator;

namespace EvCharge.ClusterTests.Losses;

/// <summary>
/// Chargers that are online at both gateways of an installation in turn, and go to the other one when theirs is away.
/// </summary>
internal sealed class ConnectedChargers : IAsyncDisposable
{
    private readonly Installation _product;
    private readonly ProductApi _api;
    private readonly SimulatedChargers _chargers = new();

    private ConnectedChargers(Installation product, ProductApi api)
    {
        _product = product;
        _api = api;
    }

    public IReadOnlyList<SimulatedCharger> All => _chargers.All;

    public static async Task<ConnectedChargers> ConnectAsync(Installation product, ProductApi api, string prefix, int count)
    {
        var chargers = new ConnectedChargers(product, api);
        await api.PutAsync("sites/losses", new { name = "Losses", timeZone = "Europe/Paris", energyUnit = "A" });
        for (var index = 0; index < count; index++)
            await chargers.AddAsync($"{prefix}{index:00}", index);
        await Task.WhenAll(chargers.All.Select(charger => charger.OnlineAsync()));
        await chargers.CommandableAsync(chargers.All, TimeSpan.FromSeconds(30));
        return chargers;
    }

    /// <summary>The chargers whose connection URL names that gateway.</summary>
    public IReadOnlyList<SimulatedCharger> Of(int gateway) =>
        [.. All.Where((_, index) => index % _product.Gateways.Length == gateway)];

    /// <summary>How many connections they opened so far: the same as before when none of them noticed anything.</summary>
    public static int Connections(IEnumerable<SimulatedCharger> chargers) => chargers.Sum(charger => charger.Point.Connections);

    /// <summary>Calls each until it answers; answers how long it took until all had.</summary>
    public async Task<TimeSpan> CommandableAsync(IEnumerable<SimulatedCharger> chargers, TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(chargers.Select(async charger =>
        {
            while (await CallAsync(charger) is var (status, body) && (status, body) != (HttpStatusCode.OK, "answered"))
            {
                Assert.True(clock.Elapsed < patience, $"{charger.Point.Identity} after {clock.Elapsed}: {status} {body}; see {_product.Folder}");
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }));
        return clock.Elapsed;
    }

    /// <summary>Calls each charger over and over until the end; each call must be answered at once.</summary>
    /// <returns>The number of calls.</returns>
    public async Task<int> StayCommandableAsync(IReadOnlyList<SimulatedCharger> chargers, Task end)
    {
        var calls = 0;
        do
        {
            foreach (var charger in chargers)
            {
                Assert.Equal((HttpStatusCode.OK, "answered"), await CallAsync(charger));
                calls++;
            }
        }
        while (!end.IsCompleted);
        await end;
        return calls;
    }

    /// <summary>Has each report a status four times a second, which is stored before it is answered.</summary>
    /// <returns>Within what time 99 of 100 were answered; the whole duration when more were not.</returns>
    public async Task<TimeSpan> ReportAsync(TimeSpan duration)
    {
        var clock = Stopwatch.StartNew();
        var times = await Task.WhenAll(All.Select(charger => ReportAsync(charger, clock, duration)));
        return times.SelectMany(one => one).Order().ElementAt((int)(times.Sum(one => one.Count) * 0.99));
    }

    public ValueTask DisposeAsync() => _chargers.DisposeAsync();

    private static async Task<IReadOnlyList<TimeSpan>> ReportAsync(SimulatedCharger charger, Stopwatch clock, TimeSpan duration)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        List<TimeSpan> times = [];
        while (clock.Elapsed < duration && await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            var status = times.Count % 2 == 0 ? "Preparing" : "Available";
            var began = clock.Elapsed;
            var answer = await charger.Point.CallAsync(
                "StatusNotification", Encoding.UTF8.GetBytes($$"""{"connectorId":1,"errorCode":"NoError","status":"{{status}}"}"""), charger.Stop);
            times.Add(answer.IsAnswered ? clock.Elapsed - began : duration);
        }

        return times;
    }

    private async Task AddAsync(string identity, int index)
    {
        await _api.PutAsync($"chargers/{identity}", new { site = "losses", connectors = 1 });
        _chargers.Add(SimulatedCharger.Start(_product.OcppOf(index), options => options with
        {
            Identity = identity,
            Fallbacks = [_product.OcppOf(index + 1)],
            BackOff = TimeSpan.FromMilliseconds(500),
            LongestBackOff = TimeSpan.FromSeconds(5),
        }));
    }

    private async Task<(HttpStatusCode Status, string? Body)> CallAsync(SimulatedCharger charger)
    {
        var (status, body) = await _api.CallAsync(charger.Point.Identity, "GetConfiguration", """{"key":["NumberOfConnectors"]}""");
        return (status, status == HttpStatusCode.OK ? body.Text("status") : body.Text("detail"));
    }
}
