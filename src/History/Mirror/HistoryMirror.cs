using System.Data.Common;
using EvCharge.History.Engines;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EvCharge.History.Mirror;

/// <summary>
/// Keeps a copy of transactions and meter values in the database of a server, where others read it. The embedded record stays
/// the one that counts: the copy may be away for as long as it likes and gets what it missed when it is back.
/// </summary>
public sealed partial class HistoryMirror : BackgroundService
{
    private const int AtOnce = 500;

    private readonly MirrorDebts _debts;
    private readonly MirrorOptions _options;
    private readonly ILoggerFactory _logs;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private DateTimeOffset? _upToDateAt;
    private long _refused;
    private string? _fault;

    public HistoryMirror(HistoryEngine engine, IOptions<MirrorOptions> options, TimeProvider time, ILoggerFactory logs)
    {
        _debts = new MirrorDebts(engine);
        (_options, _time, _logs, _log) = (options.Value, time, logs, logs.CreateLogger<HistoryMirror>());
    }

    /// <exception cref="HistoryUnavailableException">The record cannot be read.</exception>
    public async Task<MirrorStatus> Status()
    {
        if (_options.Database is null)
        {
            return MirrorStatus.None;
        }

        var (transactions, frames) = await _debts.Count();
        return new MirrorStatus(true, transactions, frames, _upToDateAt, Interlocked.Read(ref _refused), _fault);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.Database is not { } database)
        {
            await Forget();
            return;
        }

        await using var target = new MirrorTarget(database, _logs);
        try
        {
            while (true)
            {
                var pause = await Try(target, stoppingToken) ? _options.IntervalSeconds : _options.RetrySeconds;
                await Task.Delay(TimeSpan.FromSeconds(pause), _time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return; // What is owed is on record.
        }
    }

    private async Task Forget()
    {
        try
        {
            await _debts.Forget();
        }
        catch (HistoryUnavailableException unavailable)
        {
            LogStillNoted(_log, unavailable.Message);
        }
    }

    private async Task<bool> Try(MirrorTarget target, CancellationToken stop)
    {
        try
        {
            await _debts.Open();
            await target.Prepare(stop);
            await BringUpToDate(target, stop);
            Tell(null);
            _upToDateAt = _time.GetUtcNow();
            return true;
        }
        catch (Exception away) when (away is HistoryUnavailableException or DbException)
        {
            Tell(away.Message);
            return false;
        }
    }

    private async Task BringUpToDate(MirrorTarget target, CancellationToken stop)
    {
        while (await _debts.Transactions(AtOnce) is { Count: > 0 } owed)
        {
            stop.ThrowIfCancellationRequested();
            var refusals = await Task.WhenAll(owed.Select(each => target.Put(each.Row)));
            Count(refusals, index => $"transaction {owed[index].Row.TenantId}/{owed[index].Row.Id}");
            await _debts.Settle(owed);
        }

        while (await _debts.Frames(AtOnce) is { Count: > 0 } frames)
        {
            stop.ThrowIfCancellationRequested();
            var refusals = await Task.WhenAll(frames.Select(target.Put));
            Count(refusals, index => $"meter frame {frames[index].RowId}");
            await _debts.SettleFrames(frames[^1].RowId);
        }
    }

    /// <summary>A row that the database refuses for reasons of its own must not keep all others out.</summary>
    private void Count(string?[] refusals, Func<int, string> name)
    {
        for (var index = 0; index < refusals.Length; index++)
        {
            if (refusals[index] is { } reason)
            {
                Interlocked.Increment(ref _refused);
                LogRefused(_log, name(index), reason);
            }
        }
    }

    private void Tell(string? fault)
    {
        if (fault is not null && _fault is null)
        {
            LogAway(_log, fault);
        }
        else if (fault is null && _fault is not null)
        {
            LogBack(_log);
        }

        _fault = fault;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The mirror's database refused {Row}: {Reason}")]
    private static partial void LogRefused(ILogger logger, string row, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "There is no mirror any more, but changes are noted for it until the next start: {Reason}")]
    private static partial void LogStillNoted(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mirror cannot be written and will be brought up to date later: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The mirror is up to date again")]
    private static partial void LogBack(ILogger logger);
}
