using EvCharge.Fleet.Client;
using EvCharge.Fleet.Report;
using EvCharge.Fleet.Servers;

namespace EvCharge.Fleet.Scenarios;

/// <summary>Two tenants of one installation: one has ten times its usual load, and the other is not to notice.</summary>
internal static class NeighboursScenario
{
    private const int Chargers = 50; // few enough for each to have a turn in a window: an idle one answers no ping
    private const int Usual = 5;
    private const int Tenfold = 10 * Usual;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(20);
    private static readonly string[] Tenants = ["quiet", "busy"];

    public static async Task<Findings> Measure(Effort effort)
    {
        await using var target = await Target.Start(TargetKind.PostgreSql);
        var names = Enumerable.Range(0, Chargers).Select(number => $"C{number:000}").ToArray();
        foreach (var tenant in Tenants)
        {
            await target.Api.PutTenant(tenant, ClosedLoop.Tag, names);
        }

        Charger[] Of(string tenant) => [.. names.Select(name => new Charger(target.Address, $"{tenant}/{name}"))];
        var (quiet, busy) = (Of(Tenants[0]), Of(Tenants[1]));
        await Crowd.Each(quiet.Concat(busy), charger => charger.Start());

        async Task<double> Beside(int rate)
        {
            var other = OpenLoop.Sessions(busy, rate, effort.Of(Window));
            var answers = await OpenLoop.Sessions(quiet, Usual, effort.Of(Window));
            await other;
            return answers[(int)((answers.Length - 1) * 0.99)];
        }

        await Beside(Tenfold);
        List<(double Usual, double Tenfold)> rounds = [];
        for (var round = 0; round < effort.Rounds; round++)
        {
            rounds.Add((await Beside(Usual), await Beside(Tenfold)));
        }

        Array.ForEach([.. quiet, .. busy], charger => charger.Dispose());
        return new Findings(
            "Neighbours",
            $"Two tenants with {Chargers} chargers each on one process with PostgreSQL. {Usual} sessions of {Charger.SessionFrames} frames begin in "
            + $"each second at the quiet one; {Usual} at the other, and then {Tenfold}, in turns. A frame counts from the moment when it was due.")
            .Need("p99 at the quiet one, the other at ten times its load / at its usual", rounds.ConvertAll(round => round.Tenfold / round.Usual).Median(), 1.5, null, atLeast: false)
            .Table(
                "Rounds",
                ["p99 beside the usual load, ms", "beside ten times that, ms", "ratio"],
                rounds.Select(round => (string[])[Figure.Of(round.Usual), Figure.Of(round.Tenfold), Figure.Of(round.Tenfold / round.Usual)]));
    }
}
