using System.Collections.Immutable;
using EvCharge.Contracts.Sites;
using EvCharge.Domain.Allocation.Limits;
using EvCharge.Domain.Allocation.Sites;
using EvCharge.Domain.Identity;
using EvCharge.Grains.Sites.Allocation;
using EvCharge.History;
using Microsoft.Extensions.Logging;

namespace EvCharge.Grains.Sites;

/// <summary>The site as the one that gives its chargers limits.</summary>
internal sealed partial class SiteGrain
{
    private AllocationLoop? _loop;
    private IGrainTimer? _tick;

    private SiteId Id => SiteId.FromKey(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (state.State.Fault is { } fault)
        {
            await TellOfFault(fault);
        }
        else if (!Id.IsNone)
        {
            _loop = new AllocationLoop(Id, new SiteRecord(state, DeactivateOnIdle), GrainFactory, allocation);
            await Reload();
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_loop is not null)
        {
            await _loop.Rest();
        }
    }

    public async ValueTask Erase()
    {
        _tick?.Dispose();
        _loop = null;
        if (await this.GetReminder(WakeUp) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }

        await state.ClearStateAsync();
        DeactivateOnIdle();
    }

    /// <summary>All that it takes is the activation.</summary>
    public ValueTask Awake() => ValueTask.CompletedTask;

    public ValueTask Reported(ChargerImage image)
    {
        _loop?.Reported(image);
        return ValueTask.CompletedTask;
    }

    public ValueTask LimitEnded(string charger, long order, LimitOutcome outcome)
    {
        _loop?.LimitEnded(charger, order, outcome);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<bool> SetLimit(TemporaryLimit? limit) => _loop is not null && await _loop.Limit(kept => kept.Operator = limit);

    public async ValueTask<bool> SetExternalLimit(ExternalLimit? limit) => _loop is not null && await _loop.Limit(kept => kept.External = limit);

    public ValueTask<bool> SetBaseLoad(ImmutableArray<double> loads) => new(_loop?.Measured(loads) ?? false);

    public async ValueTask<bool> SetNeeds(string charger, long transaction, SessionNeeds? needs) =>
        _loop is not null && await _loop.Say(charger, transaction, needs);

    public ValueTask<SiteAllocation?> Allocation() => new(_loop?.View());

    public ValueTask<ImmutableArray<ConnectorAllotment>?> DryRun(double? limit) => new(_loop?.WhatIf(limit));

    public async ValueTask<AllocationReplayAnswer> Replay(AllocationReplayQuestion question) => await allocation.Replays.Play(Id, question);

    /// <summary>What cannot be read or written now is tried again with the next tick.</summary>
    private async Task Reload()
    {
        if (_loop is null)
        {
            return;
        }
        var read = true;
        try
        {
            await _loop.Reload();
        }
        catch (Exception fault) when (fault is HistoryUnavailableException or OrleansException)
        {
            read = false;
            LogNotRead(logger, Id, fault.Message);
        }
        Schedule(read);
    }

    private async Task Tick()
    {
        if (_loop is null)
        {
            return;
        }
        var running = _loop.IsRunning;
        try
        {
            await _loop.Tick();
        }
        catch (Exception fault) when (fault is HistoryUnavailableException or OrleansException)
        {
            LogNotRead(logger, Id, fault.Message);
            return;
        }
        if (running != _loop.IsRunning)
        {
            Schedule(read: true);
        }
    }

    /// <summary>A site that gives limits stays awake; of one that does not nothing runs.</summary>
    private void Schedule(bool read)
    {
        _tick?.Dispose();
        _tick = _loop!.IsRunning || !read
            ? this.RegisterGrainTimer(
                static (grain, _) => grain.Tick(), this,
                new GrainTimerCreationOptions(_loop.Period, _loop.Period) { KeepAlive = true, Interleave = true })
            : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Site}: goes on with the configuration known so far: {Reason}")]
    private static partial void LogNotRead(ILogger logger, SiteId site, string reason);
}
