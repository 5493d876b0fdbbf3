using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Commands;
using EvCharge.Domain.DesiredState;
using EvCharge.Domain.Identity;
using EvCharge.History;
using EvCharge.History.Commands;
using EvCharge.History.DesiredState;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace EvCharge.Grains.Chargers;

/// <summary>
/// Brings a charger to what it should be set to, after it booted, came back, or was given something else to be: reads the
/// keys that somebody decided, changes those that differ, and takes connectors in or out of service. What the charger says
/// of its settings in any answer is kept. Lives inside the charger's activation and runs on its scheduler.
/// </summary>
internal sealed partial class StateAssertion(
    ChargerId charger,
    DesiredStateStore store,
    CommandQueue commands,
    Settling settling,
    Func<IStateDialect> dialect,
    Func<int, Task<string?>> statusOf,
    DeferredFacts facts,
    TimeProvider time,
    ILogger logger)
{
    private const string Requester = "system";

    /// <summary>A connection that has not settled by then is asked again when there is another.</summary>
    private static readonly TimeSpan SettlePatience = TimeSpan.FromMinutes(5);

    private bool _asked;
    private bool _running;
    private bool _nothingDesired;

    /// <summary>The charger may have been set otherwise meanwhile.</summary>
    public void OnConnected()
    {
        if (!_nothingDesired)
        {
            Ask();
        }
    }

    /// <summary>Somebody may have decided something else.</summary>
    public void OnChanged(bool attached)
    {
        _nothingDesired = false;
        if (attached)
        {
            Ask();
        }
    }

    /// <summary>Keeps what an answer says of the charger's settings.</summary>
    public void OnAnswered(CommandRecord answered)
    {
        var at = answered.EndedAt ?? time.GetUtcNow();
        if (dialect().ReportIn(answered) is { } report)
        {
            _ = facts.Keep($"keys {answered.Id}", () => store.Record(charger, report, at));
        }
        else if (dialect().ChangeIn(answered) is { } change)
        {
            _ = facts.Keep($"key {answered.Id}", () => store.Record(charger, change, at));
        }
    }

    private void Ask()
    {
        _asked = true;
        if (!_running)
        {
            _running = true;
            _ = Run();
        }
    }

    private async Task Run()
    {
        try
        {
            while (_asked && await settling.Settled(SettlePatience))
            {
                _asked = false;
                await Assert();
            }
        }
        catch (Exception fault) when (fault is HistoryUnavailableException or OrleansException or TimeoutException)
        {
            // The next boot or connection tries again.
            LogNotAsserted(logger, charger, fault.Message);
        }
        finally
        {
            _asked = false;
            _running = false;
        }
    }

    private async Task Assert()
    {
        var keys = (await store.Keys(charger)).Where(key => key.Desired is not null).ToList();
        var availabilities = await store.Availabilities(charger);
        _nothingDesired = keys.Count == 0 && availabilities.Count == 0;
        await AssertKeys(keys);
        foreach (var availability in availabilities)
        {
            if (availability.Differs(await statusOf(availability.Connector)))
            {
                await AssertAvailability(availability);
            }
        }
    }

    private async Task AssertKeys(List<ConfigurationKey> keys)
    {
        if (keys.Count == 0 || await Execute(dialect().ReadKeys([.. keys.Select(key => key.Name)])) is not { } answered)
        {
            return;
        }

        if (dialect().ReportIn(answered) is { } report)
        {
            await store.Record(charger, report, time.GetUtcNow());
        }

        foreach (var key in (await store.Keys(charger)).Where(key => key.CanBeChanged))
        {
            await Execute(dialect().ChangeKey(key.Name, key.Desired!));
        }
    }

    private async Task AssertAvailability(Availability desired)
    {
        var answered = await Execute(dialect().ChangeAvailability(desired.Connector, desired.Operative));
        if (answered is not null && dialect().AvailabilityIn(answered) is { } answer)
        {
            await store.RecordOutcome(charger, answer);
        }
    }

    /// <summary>The command when the charger answered it; null when it did not, or said that it cannot.</summary>
    private async Task<CommandRecord?> Execute((string Action, byte[] Payload) call)
    {
        if (commands.IsFull)
        {
            return null;
        }

        var id = await commands.Submit(new ChargerCall(call.Action, call.Payload, Requester));
        if (commands.Find(id) is not { } command)
        {
            return null;
        }

        await command.Ended;
        return command.Record.Status == CommandStatus.Answered ? command.Record : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Charger}: its desired state was not asserted: {Reason}")]
    private static partial void LogNotAsserted(ILogger logger, ChargerId charger, string reason);
}
