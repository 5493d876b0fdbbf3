using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using EvCharge.Fleet.Client;
using EvCharge.Fleet.Report;
using EvCharge.Fleet.Servers;

namespace EvCharge.Fleet.Scenarios;

/// <summary>
/// A fleet with passwords comes back to a server that has never seen it: all sockets are opened in the same moment, and no
/// password is known from before.
/// </summary>
internal static class LoginsScenario
{
    private const int Chargers = 10_000;
    private const int KeyBytes = 20;

    public static async Task<Findings> Measure(Effort effort)
    {
        var count = effort.Of(Chargers);
        List<Login[]> rounds = [];
        for (var round = 0; round < Math.Min(effort.Rounds, 3); round++)
        {
            rounds.Add(await Round(count));
        }

        var worst = rounds.Max(LastIn);
        return new Findings(
            "Logins",
            $"{count:#,0} chargers of security profile 1, each with a key of {KeyBytes} random bytes of its own, open their connections in the "
            + $"same moment on a new process with SQLite. Nobody tries twice. {rounds.Count} rounds, each on a process of its own; the worst counts.")
            .Need($"seconds until {count:#,0} are upgraded", worst, 60, 20, atLeast: false)
            .Need("turned away (429, 401, 503) or broken", rounds.Sum(round => round.Count(login => login.Refusal is not null)), 0, null, atLeast: false)
            .Table(
                "Rounds",
                ["all upgraded, s", "half of them, s", "logins/s", "turned away", "the first reason"],
                rounds.Select(round => (string[])
                [
                    Figure.Of(LastIn(round)), Figure.Of(round.Select(login => login.Seconds).ToList().Median()), Figure.Of(count / LastIn(round)),
                    $"{round.Count(login => login.Refusal is not null)}", round.FirstOrDefault(login => login.Refusal is not null)?.Refusal ?? "",
                ]));
    }

    private static double LastIn(Login[] round) => round.Max(login => login.Seconds);

    private static async Task<Login[]> Round(int count)
    {
        await using var target = await Target.Start(TargetKind.Sqlite);
        var passwords = Enumerable.Range(0, count).ToDictionary(
            number => $"L{number:00000}", _ => Convert.ToHexString(RandomNumberGenerator.GetBytes(KeyBytes)));
        await target.Api.PutChargers(passwords);
        var chargers = passwords.Select(known => new Charger(target.Address, known.Key, known.Value)).ToArray();
        try
        {
            var clock = Stopwatch.StartNew();
            return await Task.WhenAll(chargers.Select(charger => Task.Run(() => LogIn(charger, clock))));
        }
        finally
        {
            Array.ForEach(chargers, charger => charger.Dispose());
        }
    }

    private static async Task<Login> LogIn(Charger charger, Stopwatch clock)
    {
        try
        {
            await charger.Connect();
            return new Login(clock.Elapsed.TotalSeconds, null);
        }
        catch (Exception refused) when (refused is IOException or SocketException)
        {
            return new Login(clock.Elapsed.TotalSeconds, refused.Message);
        }
    }

    private sealed record Login(double Seconds, string? Refusal);
}
