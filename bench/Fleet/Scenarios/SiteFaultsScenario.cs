using EvCharge.ChargerSimulator.Sites;
using EvCharge.Fleet.Report;
using EvCharge.Fleet.Servers;

namespace EvCharge.Fleet.Scenarios;

/// <summary>Sites whose limit must not be exceeded, over OCPP, with chargers as they are.</summary>
internal static class SiteFaultsScenario
{
    private const int Seeds = 8;
    private const int Chargers = 25;
    private const double Limit = 120;
    private const double SecondsOfDay = 86_400;
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    private sealed record Kind(string Name, bool Faults, bool Cheaters, string Trust, int SettleSeconds, double LaunchEnergy = 6);

    private static readonly Kind[] Kinds =
    [
        new("no faults", Faults: false, Cheaters: false, "optimistic", SettleSeconds: 6),
        new("no faults, nothing kept for starts", Faults: false, Cheaters: false, "optimistic", SettleSeconds: 6, LaunchEnergy: 0),
        new("faults", Faults: true, Cheaters: false, "optimistic", SettleSeconds: 35),
        new("faults and cheaters", Faults: true, Cheaters: true, "strict", SettleSeconds: 35),
    ];

    public static async Task<Findings> Measure(Effort effort)
    {
        await using var target = await Target.Start(TargetKind.Sqlite);
        await target.ProvideTag("SITE");
        var runs = new List<(Kind Kind, int Seed, SiteReport Seen)>();
        foreach (var kind in Kinds)
        {
            runs.AddRange(await Task.WhenAll(
                Enumerable.Range(1, effort.Of(Seeds)).Select(seed => Run(target, kind, seed, effort.Of(Length)))));
        }

        return Tell([.. runs]);
    }

    private static async Task<(Kind Kind, int Seed, SiteReport Seen)> Run(Target target, Kind kind, int seed, TimeSpan length)
    {
        var site = $"{kind.Trust}-{kind.SettleSeconds}-{kind.LaunchEnergy}-{seed}";
        string[] chargers = [.. Enumerable.Range(0, Chargers).Select(number => $"{site}-{number:00}")];
        await target.Api.PutSharingSite(site, Limit, new
        {
            enabled = true, tickSeconds = 1, increaseIntervalSeconds = 10, minOnSeconds = 30, minOffSeconds = 20, slotSeconds = 120,
            settleSeconds = kind.SettleSeconds, trust = kind.Trust, launchEnergy = kind.LaunchEnergy,
        });
        await target.Api.PutChargers(chargers, site);
        var run = new SiteRun(new SiteRunOptions
        {
            Url = new Uri($"ws://{target.Address}/ocpp"),
            Chargers = [.. chargers],
            Limit = Limit,
            Seed = seed,
            Length = length,
            Faults = kind.Faults,
            Cheaters = kind.Cheaters,
            Sessions = (TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(300)),
            BetweenCuts = TimeSpan.FromSeconds(100),
            SetLimit = limit => target.Api.PutLimit(site, limit),
        });
        return (kind, seed, await run.RunAsync(CancellationToken.None));
    }

    private static Findings Tell((Kind Kind, int Seed, SiteReport Seen)[] runs)
    {
        var honest = runs.Where(run => !run.Kind.Cheaters).Select(run => run.Seen).ToArray();
        var cheated = runs.Where(run => run.Kind.Cheaters).Select(run => run.Seen).ToArray();
        var full = runs.Where(run => run.Kind.LaunchEnergy == 0).Select(run => run.Seen).ToArray();
        return new Findings(
            "Site faults",
            $"{runs.Max(run => run.Seed)} sites at once, one kind of chargers after the other, of {Chargers} chargers of 32 A on {Limit:0} A, on SQLite in one process, judged each second by "
            + "the meters and profiles of the chargers alone: over is more than 1.01 times the limit and 0.5 A, not counting 15 s after a cut. "
            + "The limit is cut to half and lifted by turns each 100 s. Faults: of 100 chargers 10 follow a limit after 5 to 12 s (with more none could come down within the 15 s), 8 lose their link for 5 to "
            + "30 s in each session and boot again, 2 refuse 30 % of what they are told, 2 leave half unanswered. Cheaters: 3 ignore limits, 3 draw 6 % more. "
            + "Settle time 6 s without faults, 35 s with. Nobody can bring down chargers that are offline or ignore limits: seconds in which they alone "
            + "draw more than the limit are beyond reach, and shown beside.")
            .Need("seconds over, chargers that obey, all runs", honest.Sum(seen => seen.SecondsOver), 0, null, atLeast: false)
            .Need("seconds in which profiles allowed more, chargers that obey", honest.Sum(seen => seen.SecondsInForceOver), 0, null, atLeast: false)
            .Need(
                "seconds over by day within reach, cheaters and strict trust",
                cheated.Sum(seen => seen.SecondsOver - seen.SecondsBeyondReach) * SecondsOfDay / cheated.Sum(seen => seen.Seconds), 60, 0, atLeast: false)
            .Need("most above the limit, cheaters and strict trust, A", cheated.Max(seen => seen.WorstExcess), 10, 0, atLeast: false)
            .Need("use of the limit, no faults, nothing kept for starts", full.Average(seen => seen.Use), 0.88, 0.95, atLeast: true)
            .Table(
                "Runs",
                ["chargers", "seed", "seconds", "sessions", "over, s", "of that beyond reach, s", "most over, A", "allowed over, s", "use", "profiles by session-hour", "slowest cut, s"],
                runs.Select(run => (string[])
                [
                    run.Kind.Name,
                    $"{run.Seed}",
                    $"{run.Seen.Seconds}",
                    $"{run.Seen.Sessions}",
                    $"{run.Seen.SecondsOver}",
                    $"{run.Seen.SecondsBeyondReach}",
                    Figure.Of(run.Seen.WorstExcess),
                    $"{run.Seen.SecondsInForceOver}",
                    Figure.Of(run.Seen.Use),
                    Figure.Of(run.Seen.Profiles / run.Seen.SessionHours),
                    Figure.Of(run.Seen.CutReaction.TotalSeconds),
                ]))
            .Table(
                "Moments at which more was drawn than may be",
                ["chargers", "seed", "who drew what, under which limit"],
                runs.SelectMany(run => run.Seen.Moments.Select(moment => (string[])[run.Kind.Name, $"{run.Seed}", moment])));
    }
}
