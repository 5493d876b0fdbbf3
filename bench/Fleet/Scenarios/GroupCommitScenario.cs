using EvCharge.Fleet.Client;
using EvCharge.Fleet.Report;
using EvCharge.Fleet.Servers;

namespace EvCharge.Fleet.Scenarios;

/// <summary>What it brings that commits are shared: sessions per second by the number of chargers that have them at once.</summary>
internal static class GroupCommitScenario
{
    private static readonly int[] Sizes = [1, 10, 100, 1_000];
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(4);

    public static async Task<Findings> Measure(Effort effort)
    {
        var sqlite = await Curve(TargetKind.Sqlite, effort);
        var postgres = await Curve(TargetKind.PostgreSql, effort);
        return new Findings(
            "Group commit",
            $"Sessions per second of chargers that have one after another, standalone; each session is {Charger.SessionFrames} frames of "
            + "which 10 wait for a commit. Medians.")
            .Need("sessions/s of 100 chargers on SQLite, x one charger", sqlite[2] / sqlite[0], 2, null, atLeast: true)
            .Need("sessions/s of 100 chargers on PostgreSQL, x one charger", postgres[2] / postgres[0], 2, null, atLeast: true)
            .Table(
                "Sessions per second",
                ["chargers", "SQLite", "PostgreSQL"],
                Sizes.Select((size, index) => (string[])[$"{size}", Figure.Of(sqlite[index]), Figure.Of(postgres[index])]));
    }

    private static async Task<double[]> Curve(TargetKind kind, Effort effort)
    {
        await using var target = await Target.Start(kind);
        await target.ProvideTag(ClosedLoop.Tag);
        await Sessions(target, Sizes[2], effort);
        var rates = Sizes.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < effort.Rounds; round++)
        {
            for (var index = 0; index < Sizes.Length; index++)
            {
                rates[index].Add(await Sessions(target, Sizes[index], effort));
            }
        }

        return [.. rates.Select(rate => rate.Median())];
    }

    private static async Task<double> Sessions(Target target, int chargers, Effort effort)
    {
        using var crowd = await Crowd.Start(target, chargers);
        return await ClosedLoop.Sessions(crowd.Chargers, effort.Of(Window));
    }
}
