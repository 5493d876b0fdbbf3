using EvCharge.Contracts.Connectors;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.History;
using EvCharge.History.Sessions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace EvCharge.Grains.Connectors;

/// <summary>
/// The shell around <see cref="SessionMachine"/>: read what it needs, let it decide, commit the effects, adopt the state.
/// Nothing is kept that History does not hold, so an activation may end at any moment.
/// </summary>
[PreferLocalPlacement]
internal sealed partial class ConnectorGrain(
    SessionLog history,
    HistoryAvailability availability,
    IOptions<SessionOptions> options,
    TimeProvider time,
    ILogger<ConnectorGrain> logger) : Grain, IConnectorGrain
{
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromMinutes(1);
    private readonly SessionPolicy _policy = options.Value.Policy;
    private ConnectorId _id;
    private SessionState _state = SessionState.Empty;
    private IGrainTimer? _due;

    /// <summary>A status that was answered although it could not be stored yet.</summary>
    private StatusRecorded? _unsaved;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = ConnectorId.FromKey(this.GetPrimaryKeyString());
        var known = await history.Load(_id);
        _state = new SessionState(known.Status ?? ConnectorStatus.Never, known.Open, known.LastEnded);
        ScheduleDue();
    }

    public async ValueTask<SessionAnswer> Apply(SessionEvent happened)
    {
        try
        {
            return await Decide(happened);
        }
        catch (HistoryUnavailableException unavailable)
        {
            LogNotDurable(logger, _id, happened.GetType().Name, unavailable.Message);
            return new SessionAnswer(SessionOutcome.NotDurable, null, _state.Open);
        }
    }

    public ValueTask<ConnectorSnapshot> Snapshot() => new(new ConnectorSnapshot(_id.Number, _state.Status, _state.Open));

    private async Task<SessionAnswer> Decide(SessionEvent happened)
    {
        var facts = await SessionSteps.FactsFor(history, _id, _state, happened);
        var decision = SessionMachine.On(_state, happened, facts, _policy);
        var effects = _unsaved is null ? decision.Effects : [_unsaved, .. decision.Effects];
        if (effects.Count == 0)
        {
            _state = decision.State;
            return Durable(decision.Answer);
        }

        if (happened is StatusReported && availability.Down)
        {
            return Later(decision);
        }

        CommitResult committed;
        try
        {
            committed = await history.Commit(_id.Charger.Tenant, effects);
        }
        catch (HistoryUnavailableException) when (happened is StatusReported)
        {
            return Later(decision);
        }

        if (committed.Stale)
        {
            LogStale(logger, _id);
            DeactivateOnIdle();
            return new SessionAnswer(SessionOutcome.Stale, null, null);
        }

        _unsaved = null;
        (_state, var answer) = SessionSteps.Adopt(_state, happened, decision, committed);
        ScheduleDue();
        return Durable(answer);
    }

    /// <summary>A status is no bill: the charger is answered, and the row follows with the next event or in a minute.</summary>
    private SessionAnswer Later(SessionDecision decision)
    {
        _unsaved = decision.Effects.OfType<StatusRecorded>().LastOrDefault() ?? _unsaved;
        _state = decision.State;
        ScheduleDue();
        return Durable(null);
    }

    private SessionAnswer Durable(Transaction? transaction) => new(SessionOutcome.Durable, transaction, _state.Open);

    private void ScheduleDue()
    {
        if (NextDue() is not { } due)
        {
            _due?.Dispose();
            _due = null;
            return;
        }

        var wait = due - time.GetUtcNow();
        wait = wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1);
        if (_due is null)
        {
            _due = this.RegisterGrainTimer(static (grain, _) => grain.OnDue(), this, wait, TimeSpan.FromMinutes(1));
        }
        else
        {
            _due.Change(wait, TimeSpan.FromMinutes(1));
        }
    }

    private DateTimeOffset? NextDue()
    {
        var due = SessionMachine.NextDue(_state, _policy);
        var retry = _unsaved is null ? (DateTimeOffset?)null : time.GetUtcNow() + RetryPeriod;
        return retry is null || due < retry ? due : retry;
    }

    private async Task OnDue()
    {
        if (!availability.Down)
        {
            await Apply(new TimePassed(_id, time.GetUtcNow()));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Connector}: {Event} is not durable: {Reason}")]
    private static partial void LogNotDurable(ILogger logger, ConnectorId connector, string @event, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Connector}: decided on a stale version, reads again")]
    private static partial void LogStale(ILogger logger, ConnectorId connector);
}
