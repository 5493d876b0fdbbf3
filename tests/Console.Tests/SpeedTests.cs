using System.Globalization;
using System.Text.Json;
using EvCharge.ConsoleTests.Product;
using EvCharge.Servers;
using Microsoft.Playwright;

namespace EvCharge.ConsoleTests;

/// <summary>
/// What large fleets cost the browser. The console is the real one; only the stream is made up in the page, since no machine that
/// runs this has as many chargers. Bounds are loose: docs/performance.md has figures. No other test runs beside them.
/// </summary>
[Collection(nameof(SpeedTests))]
public sealed class SpeedTests(RunningProduct product)
{
    private const int WatchedSeconds = 10;

    [CollectionDefinition(nameof(SpeedTests), DisableParallelization = true)]
    public sealed class Alone;

    [Fact]
    public async Task Two_thousand_connectors_that_all_change_each_second_leave_the_page_at_rest_most_of_the_time()
    {
        await using var visit = await Watch(2_000, 1, "/t/default/sites/default?view=tiles", "[data-connector='C00000/1']");

        var (busy, longest, _) = await Measure(visit);

        Assert.True(busy < 0.3, $"The page is busy {busy:P0} of the time.");
        Assert.True(longest < 200, $"A task of {longest} ms held the page.");
    }

    [Fact]
    public async Task Ten_thousand_connectors_of_which_a_fifth_changes_each_second_do_not_make_the_heat_map_jerk()
    {
        await using var visit = await Watch(10_000, 5, "/t/default/sites/default", "canvas.heat");

        var (_, _, frame) = await Measure(visit);

        Assert.True(frame < 40, $"One frame in a hundred takes {frame:F1} ms.");
    }

    [Fact]
    public async Task Eight_curves_of_all_the_points_that_the_server_gives_can_be_zoomed()
    {
        await using var visit = await product.Visit("/t/default/overview");
        await visit.Page.RouteAsync("**/api/v1/series?*", route => route.FulfillAsync(new RouteFulfillOptions { ContentType = "application/json", Body = Curves(8, 5_000) }));
        var tags = string.Join(',', Enumerable.Range(1, 8).Select(connector => $"charger/DEMO001/connector/{connector}/power"));
        await visit.Page.GotoAsync(new Uri(product.Address, $"/t/default/trends?tags={tags}").ToString());
        await visit.Page.Locator("canvas").WaitForAsync();
        var box = (await visit.Page.Locator(".u-over").First.BoundingBoxAsync())!;
        var watched = visit.Page.EvaluateAsync<double>(FrameTimes, 3_000);
        for (var step = 0; step < 4; step++)
        {
            await visit.Page.Mouse.MoveAsync(box.X + (box.Width * 0.2f), box.Y + 50);
            await visit.Page.Mouse.DownAsync();
            await visit.Page.Mouse.MoveAsync(box.X + (box.Width * 0.8f), box.Y + 60, new MouseMoveOptions { Steps = 12 });
            await visit.Page.Mouse.UpAsync();
        }

        var frame = await watched;
        Note($"8 curves of 5,000 points, zoomed: frame p99 {frame:F1} ms");
        Assert.True(frame < 100, $"One frame in a hundred takes {frame:F1} ms.");
        visit.HasNoComplaints();
    }

    private const string FrameTimes = """
        milliseconds => new Promise(done => {
          const times = [];
          let before = performance.now();
          const until = before + milliseconds;
          const next = now => {
            times.push(now - before);
            before = now;
            if (now < until) requestAnimationFrame(next);
            else done(times.slice(1).sort((a, b) => a - b)[Math.floor((times.length - 1) * 0.99)]);
          };
          requestAnimationFrame(next);
        })
        """;

    /// <summary>Stands in for the stream of a site: all rows, then each second another state, power, energy and share of one in so many.</summary>
    private const string MadeUpStream = """
        (() => {
          const real = window.fetch;
          window.longTasks = [];
          new PerformanceObserver(list => list.getEntries().forEach(entry => window.longTasks.push(entry.duration))).observe({ type: 'longtask' });
          const states = ['Charging', 'Available', 'SuspendedEV', 'Preparing', 'Finishing', 'Faulted'];
          const row = (at, turn) => [1, states[(at + turn) % states.length], 'NoError', 1750000000000, at + 1, 1000 * ((at + turn) % 22), 10 * turn, (at + turn) % 100, 'charging', (at + turn) % 32, (at + turn) % 30];
          window.fetch = (input, init) => {
            const url = typeof input === 'string' ? input : input.url;
            const topics = decodeURIComponent(url.split('topics=')[1] ?? '');
            if (!url.startsWith('/api/v1/live') || !topics.includes('site:')) return real(input, init);
            const text = new TextEncoder();
            let turn = 0, timer;
            const frame = turn => {
              const first = turn === 0;
              const all = Array.from({ length: COUNT }, (_, at) => at);
              const data = {
                topic: 'site:default', at: new Date().toISOString(), keys: first ? all.map(at => `C${String(at).padStart(5, '0')}/1`) : null,
                rows: first ? all.map(at => row(at, 0)) : null, changes: first ? null : all.filter(at => (at + turn) % EVERY === 0).map(at => [at, ...row(at, turn)]),
              };
              return text.encode(`id: ${turn}\nevent: board\ndata: ${JSON.stringify(data)}\n\n`);
            };
            const frames = states.map((_, turn) => frame(turn + 1)); // made beforehand: the server would have made them elsewhere
            const body = new ReadableStream({
              start: stream => {
                stream.enqueue(frame(0));
                timer = setInterval(() => stream.enqueue(frames[turn++ % frames.length]), 1000);
              },
              cancel: () => clearInterval(timer),
            });
            return Promise.resolve(new Response(body, { headers: { 'Content-Type': 'text/event-stream' } }));
          };
        })()
        """;

    /// <param name="every">One in so many changes each second.</param>
    private async Task<Visit> Watch(int connectors, int every, string path, string shown)
    {
        var visit = await product.Visit("/t/default/overview");
        await visit.Page.AddInitScriptAsync(MadeUpStream
            .Replace("COUNT", connectors.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("EVERY", every.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        await visit.Page.GotoAsync(new Uri(product.Address, path).ToString());
        await visit.Page.Locator(shown).First.WaitForAsync();
        return visit;
    }

    /// <summary>The share of time in which the page's thread worked, its longest task in ms, and the 99th percentile of the frames in ms.</summary>
    private static async Task<(double Busy, double Longest, double Frame)> Measure(Visit visit)
    {
        var tools = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await tools.SendAsync("Performance.enable");
        await visit.Page.EvaluateAsync("() => { window.longTasks.length = 0; }");
        var before = await Worked(tools);
        await visit.Page.EvaluateAsync("milliseconds => new Promise(done => setTimeout(done, milliseconds))", WatchedSeconds * 1_000);
        var after = await Worked(tools);
        var longest = await visit.Page.EvaluateAsync<double>("() => Math.max(0, ...window.longTasks)");
        var frame = await visit.Page.EvaluateAsync<double>(FrameTimes, WatchedSeconds * 1_000); // by itself: it draws where nothing would
        var busy = (after.Tasks - before.Tasks) / (after.Now - before.Now);
        Note($"{new Uri(visit.Page.Url).PathAndQuery}: busy {busy:P1}, longest task {longest:F0} ms, frame p99 {frame:F1} ms");
        visit.HasNoComplaints();
        return (busy, longest, frame);
    }

    /// <summary>Figures for docs/performance.md, beside what else tests leave.</summary>
    private static void Note(string figures) => File.AppendAllText(Path.Combine(SourceTree.Root, "artifacts", "console-speed.txt"), figures + Environment.NewLine);

    private static async Task<(double Tasks, double Now)> Worked(ICDPSession tools)
    {
        var metrics = (await tools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
        return (metrics["TaskDuration"], metrics["Timestamp"]);
    }

    private static string Curves(int count, int points)
    {
        var begin = TimeProvider.System.GetUtcNow().AddDays(-1);
        var at = Enumerable.Range(0, points).Select(point => begin.AddSeconds(point * 17).ToUnixTimeMilliseconds()).ToArray();
        var series = Enumerable.Range(1, count).Select(connector =>
        {
            var values = Enumerable.Range(0, points).Select(point => 11_000 + (Math.Sin((point + connector) / 40.0) * 5_000)).ToArray();
            return new { tag = $"charger/DEMO001/connector/{connector}/power", unit = "W", at, min = values, max = values, last = values };
        });
        return JsonSerializer.Serialize(new { from = begin, to = begin.AddDays(1), spanSeconds = 17.28, series });
    }
}
