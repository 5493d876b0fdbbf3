using System.Diagnostics;
using EvCharge.Fleet.Client;
using EvCharge.Fleet.Report;
using EvCharge.Fleet.Servers;

namespace EvCharge.Fleet.Scenarios;

/// <summary>What one more page of the console that is open costs the server.</summary>
internal static class PagesScenario
{
    private const int Chargers = 2_000;
    private const int Pages = 400;
    private const int Changing = 100;
    private const double KiB = 1_024;
    private const string Topics = "overview,site:fleet";

    /// <summary>Long enough for a collection of what the opening left behind.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(30);

    public static async Task<Findings> Measure(Effort effort)
    {
        var (chargers, pages) = (effort.Of(Chargers), effort.Of(Pages));
        await using var target = await Target.Start(TargetKind.Sqlite, "--Live:MaxStreamsPerCredential=1000");
        var idle = new IdleCrowd();
        using var still = await Crowd.Start(target, chargers - effort.Of(Changing), "S", idle);
        using var busy = await Crowd.Start(target, effort.Of(Changing), "B");
        using var over = new CancellationTokenSource();
        var changes = Change(busy, over.Token);

        await Open(target, pages, effort.Of(Calm)); // what the first pages bring about is not that of one more
        var none = await Rest(target, effort);
        var opened = await Open(target, pages, effort.Of(Calm));
        await over.CancelAsync();
        await changes;

        var each = (opened.Memory - none.Memory) / KiB / pages;
        return new Findings(
            "Open pages",
            $"{pages:#,0} live streams ({Topics}, Brotli) of a site with {chargers:#,0} chargers, {effort.Of(Changing)} of which report another "
            + "status each second, on one process with SQLite. RssAnon and processor time with all of them minus with none; the same number was open once before.")
            .Need("KiB per open page", each, 1_024, 340, atLeast: false)
            .Table(
                "Pages",
                ["pages", "MiB", "% of a core", "KiB received by a page in a second"],
                [
                    ["0", Figure.Of(none.Memory / KiB / KiB), Figure.Of(none.Share), ""],
                    [$"{pages:#,0}", Figure.Of(opened.Memory / KiB / KiB), Figure.Of(opened.Share), Figure.Of(opened.Received / KiB / pages)],
                ]);
    }

    /// <summary>Opens pages, lets them be for a while and closes them.</summary>
    private static async Task<(double Memory, double Share, double Received)> Open(Target target, int pages, TimeSpan calm)
    {
        var streams = new List<Stream>();
        using var closed = new CancellationTokenSource();
        try
        {
            for (var page = 0; page < pages; page++)
            {
                streams.Add(await target.Api.OpenLive(Topics));
            }

            var received = new long[pages];
            var readers = streams.Select((stream, page) => Drain(stream, count => received[page] += count, closed.Token)).ToArray();
            await Task.Delay(calm / 2);
            var (cpu, before, clock) = (target.Cpu, received.Sum(), Stopwatch.StartNew());
            await Task.Delay(calm / 2);
            var result = ((double)target.Memory, (target.Cpu - cpu) / clock.Elapsed * 100, (received.Sum() - before) / clock.Elapsed.TotalSeconds);
            await closed.CancelAsync();
            await Task.WhenAll(readers);
            return result;
        }
        finally
        {
            streams.ForEach(stream => stream.Dispose());
        }
    }

    private static async Task<(double Memory, double Share)> Rest(Target target, Effort effort)
    {
        await Task.Delay(effort.Of(Calm));
        var (cpu, clock) = (target.Cpu, Stopwatch.StartNew());
        await Task.Delay(effort.Of(Calm));
        return (target.Memory, (target.Cpu - cpu) / clock.Elapsed * 100);
    }

    private static async Task Drain(Stream stream, Action<int> count, CancellationToken closed)
    {
        var buffer = new byte[16_384];
        try
        {
            while (await stream.ReadAsync(buffer, closed) is var read and > 0)
            {
                count(read);
            }

            throw new InvalidOperationException("A page lost its stream.");
        }
        catch (OperationCanceledException)
        {
            // Closed, as was meant.
        }
    }

    private static async Task Change(Crowd crowd, CancellationToken over)
    {
        for (var turn = 0; !over.IsCancellationRequested; turn++)
        {
            await Crowd.Each(crowd.Chargers, charger => turn % 2 == 0 ? charger.ReportPreparing() : charger.ReportAvailable());
            await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
        }
    }
}
