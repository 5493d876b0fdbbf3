using EvCharge.Fleet.Servers;

namespace EvCharge.Fleet.Client;

/// <summary>Many chargers of one server.</summary>
internal sealed class Crowd : IDisposable
{
    /// <summary>Connections that are made at the same time: what comes faster would only wait in the server's backlog.</summary>
    private const int AtOnce = 128;

    private Crowd(Charger[] chargers) => Chargers = chargers;

    public Charger[] Chargers { get; }

    /// <summary>Connects chargers and, unless the server is a bare echo, boots them and has them report a free connector.</summary>
    /// <param name="idle">Takes each as soon as it is there; without it, the chargers are left to whoever speaks for them within the server's patience.</param>
    public static async Task<Crowd> Start(Target target, int count, string prefix = "C", IdleCrowd? idle = null)
    {
        var names = Enumerable.Range(0, count).Select(number => $"{prefix}{number:00000}").ToArray();
        await target.Provide(names);
        var crowd = new Crowd([.. names.Select(name => new Charger(target.Address, name))]);
        await Each(crowd.Chargers, async charger =>
        {
            await charger.Connect();
            if (target.Kind != TargetKind.Echo)
            {
                await charger.Boot();
                await charger.ReportAvailable();
            }

            idle?.Add(charger);
        });
        return crowd;
    }

    /// <summary>Does the same for all chargers, some at a time.</summary>
    public static Task Each(IEnumerable<Charger> chargers, Func<Charger, Task> what) => Parallel.ForEachAsync(
        chargers, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, (charger, _) => new ValueTask(what(charger)));

    public void Dispose()
    {
        foreach (var charger in Chargers)
        {
            charger.Dispose();
        }
    }
}
