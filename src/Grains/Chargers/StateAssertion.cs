using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Commands;
using EvCharge.Domain.DesiredState;
using EvCharge.Domain.Identity;
using EvCharge.History.Commands;
using EvCharge.History.DesiredState;
using Microsoft.Extensions.Logging;

namespace EvCharge.Grains.Chargers;

/// <summary>
/// Brings a charger to what it should be set to, after it booted, came back, or was given something else to be: reads the
/// keys that somebody decided, changes those that differ, and takes connectors in or out of service. What the charger says
/// of its settings in any answer is kept. Lives inside the charger's activation and runs on its scheduler.
/// </summary>
internal sealed partial class StateAssertion
{
    public const string Requester = "system";

    /// <summary>A connection that has not settled by then is asked again when there is another.</summary>
    private static readonly TimeSpan SettlePatience = TimeSpan.FromMinutes(5);

    private readonly ChargerId _charger;
    private readonly DesiredStateStore _store;
    private readonly CommandQueue _commands;
    private readonly Func<IStateDialect> _dialect;
    private readonly Func<int, Task<string?>> _statusOf;
    private readonly DeferredFacts _facts;
    private readonly TimeProvider _time;
    private readonly AskedWork _work;
    private bool _nothingDesired;

    public StateAssertion(
        ChargerId charger, DesiredStateStore store, CommandQueue commands, Settling settling, Func<IStateDialect> dialect,
        Func<int, Task<string?>> statusOf, DeferredFacts facts, TimeProvider time, ILogger logger)
    {
        (_charger, _store, _commands, _dialect, _statusOf, _facts, _time) = (charger, store, commands, dialect, statusOf, facts, time);

        // What could not be asserted is tried again by the next boot or connection.
        _work = new AskedWork(() => settling.Settled(SettlePatience), Assert, fault => LogNotAsserted(logger, charger, fault.Message));
    }

    /// <summary>The charger may have been set otherwise meanwhile.</summary>
    public void OnConnected()
    {
        if (!_nothingDesired)
        {
            _work.Ask();
        }
    }

    /// <summary>Somebody may have decided something else.</summary>
    public void OnChanged(bool attached)
    {
        _nothingDesired = false;
        if (attached)
        {
            _work.Ask();
        }
    }

    /// <summary>Keeps what an answer says of the charger's settings.</summary>
    public void OnAnswered(CommandRecord answered)
    {
        var at = answered.EndedAt ?? _time.GetUtcNow();
        if (_dialect().ReportIn(answered) is { } report)
        {
            _ = _facts.Keep($"keys {answered.Id}", () => _store.Record(_charger, report, at));
        }
        else if (_dialect().ChangeIn(answered) is { } change)
        {
            _ = _facts.Keep($"key {answered.Id}", () => _store.Record(_charger, change, at));
        }
    }

    private async Task Assert()
    {
        var keys = (await _store.Keys(_charger)).Where(key => key.Desired is not null).ToList();
        var availabilities = await _store.Availabilities(_charger);
        _nothingDesired = keys.Count == 0 && availabilities.Count == 0;
        await AssertKeys(keys);
        foreach (var availability in availabilities)
        {
            if (availability.Differs(await _statusOf(availability.Connector)))
            {
                await AssertAvailability(availability);
            }
        }
    }

    private async Task AssertKeys(List<ConfigurationKey> keys)
    {
        if (keys.Count == 0 || await Execute(_dialect().ReadKeys([.. keys.Select(key => key.Name)])) is not { } answered)
        {
            return;
        }

        if (_dialect().ReportIn(answered) is { } report)
        {
            await _store.Record(_charger, report, _time.GetUtcNow());
        }

        foreach (var key in (await _store.Keys(_charger)).Where(key => key.CanBeChanged))
        {
            await Execute(_dialect().ChangeKey(key.Name, key.Desired!));
        }
    }

    private async Task AssertAvailability(Availability desired)
    {
        var answered = await Execute(_dialect().ChangeAvailability(desired.Connector, desired.Operative));
        if (answered is not null && _dialect().AvailabilityIn(answered) is { } answer)
        {
            await _store.RecordOutcome(_charger, answer);
        }
    }

    /// <summary>The command when the charger answered it; null when it did not, or said that it cannot.</summary>
    private async Task<CommandRecord?> Execute((string Action, byte[] Payload) call)
    {
        if (_commands.IsFull)
        {
            return null;
        }

        var id = await _commands.Submit(new ChargerCall(call.Action, call.Payload, Requester));
        if (_commands.Find(id) is not { } command)
        {
            return null;
        }

        await command.Ended;
        return command.Record.Status == CommandStatus.Answered ? command.Record : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: its desired state was not asserted: {Reason}")]
    private static partial void LogNotAsserted(ILogger logger, ChargerId charger, string reason);
}
