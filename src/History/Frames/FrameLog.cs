using EvCharge.Domain.Frames;
using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Frames;

/// <summary>An entry of the log of a charger.</summary>
public sealed record ChargerFrame(ChargerId Charger, LoggedFrame Frame);

/// <summary>The stored frame logs. Outside of the promise of durability: who writes here counts what he had to drop.</summary>
public sealed class FrameLog(HistoryEngine engine)
{
    /// <summary>Rows that one statement deletes at most, so that sessions wait for none for long.</summary>
    private const int DeleteAtOnce = 2_000;

    private const int RowBytes = 256;

    /// <summary>Appends entries, of any chargers, in order. One that stands already is left as it is.</summary>
    /// <exception cref="HistoryUnavailableException">None of them is stored, or nobody knows.</exception>
    public Task Append(IReadOnlyList<ChargerFrame> frames) => engine.Write(
        write =>
        {
            foreach (var (charger, frame) in frames)
            {
                Insert(write, charger, frame);
            }

            return frames.Count;
        },
        frames.Count,
        frames.Sum(entry => RowBytes + entry.Frame.Text.Length));

    /// <summary>A page of a charger's log, newest first.</summary>
    public Task<IReadOnlyList<LoggedFrame>> List(ChargerId charger, FrameFilter filter, FrameCursor? before, int limit) =>
        engine.Read<IReadOnlyList<LoggedFrame>>(async tables =>
        {
            var rows = await Page(tables, charger, filter, before, limit).ToListAsync();
            return rows.ConvertAll(Read);
        });

    /// <summary>The same in the order in which it happened, for exports and replays.</summary>
    public Task<IReadOnlyList<LoggedFrame>> ListForward(ChargerId charger, FrameFilter filter, FrameCursor? after, int limit) =>
        engine.Read<IReadOnlyList<LoggedFrame>>(async tables =>
        {
            var rows = await PageForward(tables, charger, filter, after, limit).ToListAsync();
            return rows.ConvertAll(Read);
        });

    /// <summary>Chargers of the tenant that have a log, by name, those after <paramref name="after"/>.</summary>
    public Task<string?> NextCharger(TenantId tenant, string after) => engine.Read(tables => tables.Frames
        .Where(row => row.TenantId == tenant.Value && row.ChargerId.IsAfter(after))
        .OrderBy(row => row.ChargerId)
        .Select(row => (string?)row.ChargerId)
        .FirstOrDefaultAsync());

    /// <summary>
    /// Deletes what is older than <paramref name="before"/>, and of the rest all but the newest <paramref name="keep"/>, a
    /// part of it at a time.
    /// </summary>
    /// <returns>True when there is more to delete.</returns>
    public async Task<bool> Prune(ChargerId charger, DateTimeOffset before, int keep)
    {
        var (tenant, name) = (charger.Tenant.Value, charger.Name);
        var until = await engine.Read(async tables =>
        {
            var entries = tables.Frames.Where(row => row.TenantId == tenant && row.ChargerId == name);
            var surplus = await entries.OrderByDescending(row => row.At).Select(row => (DateTimeOffset?)row.At).Skip(keep).FirstOrDefaultAsync();
            var limit = surplus > before ? surplus.Value : before;
            var some = await entries.OrderBy(row => row.At).Select(row => (DateTimeOffset?)row.At).Skip(DeleteAtOnce - 1).FirstOrDefaultAsync();
            return some < limit ? some.Value : limit;
        });
        var deleted = await engine.Write(write =>
            write.Tables.Frames.Delete(row => row.TenantId == tenant && row.ChargerId == name && row.At <= until));
        return deleted >= DeleteAtOnce;
    }

    internal static IQueryable<LoggedFrameRow> Page(
        HistoryTables tables, ChargerId charger, FrameFilter filter, FrameCursor? before, int limit)
    {
        var rows = Filter(tables, charger, filter);
        if (before is not null)
        {
            rows = rows.Where(row => row.At <= before.At && (row.At < before.At
                || row.Connection < before.Connection || (row.Connection == before.Connection && row.Number < before.Number)));
        }

        return rows.OrderByDescending(row => row.At).ThenByDescending(row => row.Connection).ThenByDescending(row => row.Number).Take(limit);
    }

    internal static IQueryable<LoggedFrameRow> PageForward(
        HistoryTables tables, ChargerId charger, FrameFilter filter, FrameCursor? after, int limit)
    {
        var rows = Filter(tables, charger, filter);
        if (after is not null)
        {
            rows = rows.Where(row => row.At >= after.At && (row.At > after.At
                || row.Connection > after.Connection || (row.Connection == after.Connection && row.Number > after.Number)));
        }

        return rows.OrderBy(row => row.At).ThenBy(row => row.Connection).ThenBy(row => row.Number).Take(limit);
    }

    private static IQueryable<LoggedFrameRow> Filter(HistoryTables tables, ChargerId charger, FrameFilter filter)
    {
        var rows = tables.Frames.Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name);
        rows = filter.From is null ? rows : rows.Where(row => row.At >= filter.From);
        rows = filter.To is null ? rows : rows.Where(row => row.At < filter.To);
        rows = filter.Direction is null ? rows : rows.Where(row => row.Direction == (int)filter.Direction);
        rows = filter.Kind is null ? rows : rows.Where(row => row.Kind == (int)filter.Kind);
        rows = filter.Status is null ? rows : rows.Where(row => row.Status == (int)filter.Status);
        rows = filter.Action is null ? rows : rows.Where(row => row.Action == filter.Action);
        return filter.MessageId is null ? rows : rows.Where(row => row.MessageId == filter.MessageId);
    }

    private static void Insert(HistoryWrite write, ChargerId charger, LoggedFrame frame)
    {
        write.Post(
            FrameStatements.Insert,
            ("@tenant", charger.Tenant.Value),
            ("@charger", charger.Name),
            ("@connection", frame.Connection),
            ("@number", frame.Number),
            ("@at", write.Time(frame.At)),
            ("@direction", (int)frame.Direction),
            ("@kind", (int)frame.Kind),
            ("@message_id", frame.MessageId),
            ("@action", frame.Action),
            ("@content", frame.Text.ToArray()),
            ("@status", (int)frame.Status),
            ("@paired_with", frame.PairedWith),
            ("@latency_ms", frame.LatencyMs),
            ("@processed_at", write.Time(frame.ProcessedAt)),
            ("@masked", frame.Masked),
            ("@missed", frame.Missed));
        if (frame is { Kind: not LoggedKind.Call, PairedWith: { } call, Status: not FrameStatus.Unsent })
        {
            write.Post(
                FrameStatements.SettleCall,
                ("@status", (int)frame.Status),
                ("@answer", frame.Number),
                ("@latency_ms", frame.LatencyMs),
                ("@tenant", charger.Tenant.Value),
                ("@charger", charger.Name),
                ("@connection", frame.Connection),
                ("@number", call));
        }
    }

    private static LoggedFrame Read(LoggedFrameRow row) => new(
        row.Connection, row.Number, row.At, (FrameDirection)row.Direction, (LoggedKind)row.Kind, row.MessageId, row.Action,
        row.Content, (FrameStatus)row.Status)
    {
        PairedWith = row.PairedWith,
        LatencyMs = row.LatencyMs,
        ProcessedAt = row.ProcessedAt,
        Masked = row.Masked,
        Missed = row.Missed,
    };
}

/// <summary>Members left null do not filter; from and to are UTC, half-open, on the moment of the entry.</summary>
public sealed record FrameFilter(
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    FrameDirection? Direction = null,
    LoggedKind? Kind = null,
    FrameStatus? Status = null,
    string? Action = null,
    string? MessageId = null);

/// <summary>Where a page ended.</summary>
public sealed record FrameCursor(DateTimeOffset At, long Connection, int Number)
{
    public static FrameCursor Of(LoggedFrame frame) => new(frame.At, frame.Connection, frame.Number);
}
