using System.Collections.Immutable;
using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Allocation.Limits;
using EvCharge.Domain.Allocation.Sites;
using EvCharge.Domain.Identity;
using EvCharge.History;
using Microsoft.Extensions.Logging;

namespace EvCharge.Grains.Sites.Allocation;

/// <summary>
/// The loop of a site that gives its chargers limits: hears its chargers, decides, writes what has to survive before it is sent, and
/// sends. Lives inside the site's activation and runs on its scheduler.
/// </summary>
internal sealed partial class AllocationLoop(
    SiteId site, SiteRecord record, IGrainFactory grains, AllocationServices services)
{
    private const int Together = 64;

    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<LimitOutcome, string> Words = new()
    {
        [LimitOutcome.Accepted] = "accepted",
        [LimitOutcome.Refused] = "refused",
        [LimitOutcome.Unanswered] = "unanswered",
        [LimitOutcome.NotSent] = "not-sent",
        [LimitOutcome.NotJoined] = "not-sent",
    };

    private readonly List<LimitOrder> _ahead = [];
    private readonly SessionBook _book = new(site, record, services);
    private readonly AllocationJournal _journal = new(site, services);
    private SiteControl? _control;
    private SitePlan? _plan;
    private long _epoch;
    private DateTimeOffset _readAt;
    private Task _reading = Task.CompletedTask;
    private bool _writing;
    private bool _gathering;
    private bool _off;

    public bool IsRunning => _control is not null;

    public TimeSpan Period => _plan?.Sharing.Tick ?? Freshness;

    private DateTimeOffset Now => services.Time.GetUtcNow();

    /// <summary>Reads the configuration again, and begins or ends to give limits by it.</summary>
    /// <exception cref="HistoryUnavailableException">It cannot be read now.</exception>
    /// <exception cref="OrleansException">The state cannot be written now.</exception>
    public Task Reload() => _reading = ReloadAfter(_reading);

    private async Task ReloadAfter(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _readAt = Now;
        var plan = await SitePlan.Read(services.Configuration, site);
        _off = plan is null;
        if (plan is null)
        {
            await End();
            return;
        }
        if (_control is null || plan.Text != _plan?.Text)
        {
            await Begin(plan);
        }
        _ = JoinAll();
    }

    private async Task Begin(SitePlan plan)
    {
        if (_epoch == 0)
        {
            record.Kept.Epoch++;
            await record.Write(_control);
            _epoch = record.Kept.Epoch;
        }
        var control = new SiteControl(plan.Layout, plan.Sharing, services.Times, _epoch);
        if (_control is { } known)
        {
            control.Follow(known);
            LeaveAll(known.Chargers.Except(control.Chargers));
        }
        else
        {
            control.Restore(record.Kept.Bounds, Now);
        }
        (_control, _plan) = (control, plan);
    }

    /// <summary>What is due by time alone.</summary>
    public async Task Tick()
    {
        if (Now - _readAt >= Freshness || _control is null)
        {
            await Reload();
        }
        Decide();
        _ = _journal.Record(View);
        if (_control?.IsOutdated is true)
        {
            _ = WriteAhead();
        }
    }

    /// <summary>Leaves to the next activation what holds now.</summary>
    public async Task Rest()
    {
        if (_control?.IsOutdated is true && !record.IsLost)
        {
            await TryStore();
        }
        _control = null;
    }

    /// <param name="asked">The charger was asked for it.</param>
    public void Reported(ChargerImage image, bool asked = false)
    {
        if (_off)
        {
            LeaveAll([image.Charger]);
            return;
        }
        if (_control?.Report(image, Now, asked) is true)
        {
            _ = Gather();
        }
        if (_plan is { } plan)
        {
            _book.Saw(image, plan.Local(Now), (charger, transaction, needs) => _control?.Take(charger, transaction, needs));
        }
        if (_control is not null && image is { Joined: false, Connection: not 0 })
        {
            _ = Join(image.Charger);
        }
    }

    public void LimitEnded(string charger, long order, LimitOutcome outcome)
    {
        services.Instruments.Ended(Words[outcome]);
        if (outcome == LimitOutcome.Accepted && _control?.Ordered(charger, order) is { } taken)
        {
            _ = _journal.Record(taken);
        }
        if (_control?.End(charger, order, outcome, Now) is true)
        {
            _ = Gather();
        }
    }

    /// <summary>Takes what others than vehicles take at the grid connection.</summary>
    public bool Measured(ImmutableArray<double> loads)
    {
        if (_control?.Measured(loads, Now) is not true)
        {
            return false;
        }
        _ = Gather();
        return true;
    }

    /// <summary>Takes what limits the site beside its configuration: at once, then for good.</summary>
    /// <exception cref="OrleansException">It holds, but could not be written.</exception>
    public async Task<bool> Limit(Action<SiteState> change)
    {
        if (_control is null)
        {
            return false;
        }
        change(record.Kept);
        Decide();
        await record.Write(_control);
        return true;
    }

    /// <summary>Takes what is said of a transaction: at once, then for good.</summary>
    /// <param name="needs">Null takes back what was.</param>
    /// <returns>False when it is not there.</returns>
    /// <exception cref="OrleansException">It holds, but could not be written.</exception>
    public async Task<bool> Say(string charger, long transaction, SessionNeeds? needs)
    {
        if (_control is null || _book.Say(charger, transaction, needs) is not { } known)
        {
            return false;
        }
        _control.Take(charger, transaction, known);
        Decide();
        await record.Write(_control);
        return true;
    }

    public SiteAllocation? View()
    {
        if (_plan is null || _control is null)
        {
            return null;
        }
        var (value, origin) = _plan.LimitWith(record.Kept).At(_plan.Local(Now));
        return _control.View(origin, double.IsInfinity(value) ? null : value, Now);
    }

    public ImmutableArray<ConnectorAllotment>? WhatIf(double? limit) =>
        _plan is null ? null : _control?.WhatIf(new NodeLimit { Static = limit }, _plan.Local(Now));

    private async Task Gather()
    {
        if (_gathering)
        {
            return;
        }
        _gathering = true;
        await Task.Delay(services.Gather, services.Time);
        _gathering = false;
        Decide();
    }

    private void Decide()
    {
        if (_control is null || _plan is null || record.IsLost)
        {
            return;
        }
        var started = services.Time.GetTimestamp();
        SiteStep step;
        try
        {
            step = _control.Step(_plan.LimitWith(record.Kept), _plan.Local(Now));
        }
        catch (Exception fault)
        {
            // The boundary of the loop: a fault of the rules must not end it. What stands goes on to stand.
            LogBroken(services.Logger, fault, site);
            return;
        }
        services.Instruments.Decided(services.Time.GetElapsedTime(started).TotalMilliseconds);
        if (step.Withheld >= 0)
        {
            services.Instruments.Withheld();
            LogWithheld(services.Logger, site, step.Withheld);
        }
        foreach (var belief in step.Believed)
        {
            _ = _journal.Record(belief);
        }
        foreach (var order in step.Orders)
        {
            LogOrder(services.Logger, site, order.Charger, order.Connector, order.Current, order.Transaction is null ? "next vehicle" : "vehicle");
            if (_control.MustBeWritten(order))
            {
                _ahead.Add(order);
            }
            else
            {
                _ = Send(order);
            }
        }
        if (_ahead.Count > 0)
        {
            _ = WriteAhead();
        }
    }

    /// <summary>Increases leave when what they may bring in force is on record.</summary>
    private async Task WriteAhead()
    {
        if (_writing)
        {
            return;
        }
        _writing = true;
        try
        {
            do
            {
                var waiting = _ahead.ToArray();
                _ahead.Clear();
                var written = await TryStore();
                foreach (var order in waiting)
                {
                    if (written && _plan is { } plan && _control?.MayLeave(order, plan.LimitWith(record.Kept), plan.Local(Now)) is true)
                    {
                        _ = Send(order);
                    }
                    else
                    {
                        _control?.End(order.Charger, order.Number, LimitOutcome.NotSent, Now);
                    }
                }
            }
            while (_ahead.Count > 0);
        }
        finally
        {
            _writing = false;
        }
    }

    private async Task<bool> TryStore()
    {
        try
        {
            await record.Write(_control);
            return true;
        }
        catch (OrleansException fault)
        {
            LogNotStored(services.Logger, site, fault.Message);
            return false;
        }
    }

    private async Task Send(LimitOrder order)
    {
        LimitOutcome? refused = null;
        await Call(order.Charger, async charger => refused = await charger.Enqueue(order));
        if (refused is { } outcome)
        {
            LimitEnded(order.Charger, order.Number, outcome);
            if (outcome == LimitOutcome.NotJoined)
            {
                await Join(order.Charger);
            }
        }
    }

    private async Task JoinAll()
    {
        foreach (var some in (_control?.Chargers ?? []).Chunk(Together).ToArray())
        {
            await Task.WhenAll(some.Select(Join));
        }
    }

    private Task Join(string name) => Call(name, async charger =>
    {
        if (await charger.Join(site, _epoch) is { } image)
        {
            Reported(image, asked: true);
        }
    });

    private async Task End()
    {
        if (_control is not { } before)
        {
            return;
        }
        (_control, _plan, _epoch) = (null, null, 0);
        _ahead.Clear();
        LeaveAll(before.Chargers);
        _book.Clear();
        record.Kept.Bounds = [];
        await record.Write(_control);
    }

    private void LeaveAll(IEnumerable<string> chargers)
    {
        foreach (var name in chargers.ToArray())
        {
            _ = Call(name, async charger => await charger.Leave(site));
        }
    }

    private async Task Call(string name, Func<IChargerGrain, Task> call)
    {
        try
        {
            await call(grains.GetGrain<IChargerGrain>(new ChargerId(site.Tenant, name).ToString()));
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException or HistoryUnavailableException)
        {
            // What it was told or not shows with its next report; an order counts as unanswered after a while.
            LogNotReached(services.Logger, site, name, fault.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Site}: {Charger} connector {Connector} gets {Current:0.0} A for its {For}")]
    private static partial void LogOrder(ILogger logger, SiteId site, string charger, int connector, double current, string @for);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Site}: no decision could be made")]
    private static partial void LogBroken(ILogger logger, Exception fault, SiteId site);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Site}: increases were held back that would exceed row {Row}")]
    private static partial void LogWithheld(ILogger logger, SiteId site, int row);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Site}: limits in force could not be written, no increase leaves: {Reason}")]
    private static partial void LogNotStored(ILogger logger, SiteId site, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Site}: {Charger} could not be reached: {Reason}")]
    private static partial void LogNotReached(ILogger logger, SiteId site, string charger, string reason);
}
