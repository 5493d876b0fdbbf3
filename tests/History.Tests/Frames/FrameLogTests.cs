using System.Text;
using EvCharge.Domain.Frames;
using EvCharge.Domain.Identity;
using EvCharge.History.Frames;
using EvCharge.HistoryTests.Sessions;
using static EvCharge.HistoryTests.TestHistory;

namespace EvCharge.HistoryTests.Frames;

public sealed class FrameLogTests
{
    private static readonly FrameFilter All = new();

    [Fact]
    public async Task An_entry_comes_back_as_it_was_and_stands_once()
    {
        await using var history = await TestHistory.Create();
        var entry = Entry(7, 3, 1) with { PairedWith = 2, LatencyMs = 12, ProcessedAt = Facts.Noon.AddMilliseconds(5), Masked = true, Missed = 4 };

        await history.Frames.Append([new ChargerFrame(Facts.Charger, entry)]);
        await history.Frames.Append([new ChargerFrame(Facts.Charger, entry with { Action = "other" })]);

        var read = Assert.Single(await history.Frames.List(Facts.Charger, All, null, 9));
        Assert.Equal(entry.Text.ToArray(), read.Text.ToArray());
        Assert.Equal(entry with { Text = default }, read with { Text = default });
    }

    [Fact]
    public async Task A_call_learns_of_its_answer()
    {
        await using var history = await TestHistory.Create();
        var call = Entry(7, 1, 0) with { Status = FrameStatus.Unanswered };
        await history.Frames.Append([new ChargerFrame(Facts.Charger, call)]);

        var answer = Entry(7, 2, 1) with { Kind = LoggedKind.CallError, Status = FrameStatus.Failed, PairedWith = 1, LatencyMs = 1000 };
        await history.Frames.Append([new ChargerFrame(Facts.Charger, answer)]);

        var read = Assert.Single(await history.Frames.List(Facts.Charger, new FrameFilter(Kind: LoggedKind.Call), null, 9));
        Assert.Equal((FrameStatus.Failed, 2, 1000), (read.Status, read.PairedWith, read.LatencyMs));
    }

    [Fact]
    public async Task Pages_hold_every_entry_once_in_either_direction()
    {
        await using var history = await TestHistory.Create();
        await Fill(history, Facts.Charger, 23);
        await Fill(history, new ChargerId(Tenant, "CP2"), 3);
        await Fill(history, new ChargerId(new TenantId("other"), Facts.Charger.Name), 3);

        var (back, forth) = (new List<LoggedFrame>(), new List<LoggedFrame>());
        while (await history.Frames.List(Facts.Charger, All, Last(back), 4) is { Count: > 0 } page)
        {
            back.AddRange(page);
        }

        while (await history.Frames.ListForward(Facts.Charger, All, Last(forth), 4) is { Count: > 0 } page)
        {
            forth.AddRange(page);
        }

        Assert.Equal(Enumerable.Range(1, 23), forth.Select(entry => entry.Number));
        Assert.Equal(Enumerable.Range(1, 23).Reverse(), back.Select(entry => entry.Number));
    }

    [Fact]
    public async Task Old_entries_are_deleted_and_of_the_rest_the_newest_are_kept()
    {
        await using var history = await TestHistory.Create();
        await Fill(history, Facts.Charger, 5_000);
        await Fill(history, new ChargerId(Tenant, "CP2"), 10);

        while (await history.Frames.Prune(Facts.Charger, Facts.Noon, 4_000))
        {
            // As long as there is more to delete.
        }

        Assert.Equal(4_000L, await history.Scalar<long>("SELECT count(*) FROM frame_log WHERE charger_id = 'CP1'"));
        while (await history.Frames.Prune(Facts.Charger, Facts.Noon.AddSeconds(4_990), 4_000))
        {
            // As long as there is more to delete.
        }

        Assert.Equal(10, (await history.Frames.List(Facts.Charger, All, null, 100)).Count);
        Assert.Equal(10L, await history.Scalar<long>("SELECT count(*) FROM frame_log WHERE charger_id = 'CP2'"));
    }

    [Fact]
    public async Task Chargers_with_a_log_are_found_one_after_the_other()
    {
        await using var history = await TestHistory.Create();
        foreach (var name in new[] { "b", "a", "C" })
        {
            await Fill(history, new ChargerId(Tenant, name), 2);
        }

        var names = new List<string>();
        while (await history.Frames.NextCharger(Tenant, names.LastOrDefault() ?? "") is { } next)
        {
            names.Add(next);
        }

        Assert.Equal(["C", "a", "b"], names);
        Assert.Null(await history.Frames.NextCharger(new TenantId("other"), ""));
    }

    private static FrameCursor? Last(List<LoggedFrame> read) => read.Count == 0 ? null : FrameCursor.Of(read[^1]);

    /// <summary>Entries a second apart.</summary>
    private static Task Fill(TestHistory history, ChargerId charger, int count) => history.Frames.Append(
        [.. Enumerable.Range(1, count).Select(number => new ChargerFrame(charger, Entry(7, number, number)))]);

    private static LoggedFrame Entry(long connection, int number, int seconds) => new(
        connection, number, Facts.Noon.AddSeconds(seconds), FrameDirection.In, LoggedKind.Call, $"id-{number}", "Heartbeat",
        Encoding.UTF8.GetBytes("[2,\"id\",\"Heartbeat\",{\"\0\":\"é\"}]"), FrameStatus.Unanswered);
}
