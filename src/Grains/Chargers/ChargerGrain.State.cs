using EvCharge.Domain.Identity;
using EvCharge.Grains.States;
using EvCharge.History.Chargers;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace EvCharge.Grains.Chargers;

/// <summary>The grain whose stored state cannot be read: out of service, told of, and repaired by hand.</summary>
internal sealed partial class ChargerGrain
{
    public async ValueTask<bool> RepairState()
    {
        if (!await StateRepair.Replace(state, new ChargerState()))
        {
            return false;
        }

        await RecordStateEvent("state-repaired", "Its stored state could not be read and was put aside; the charger is in service again.");
        DeactivateOnIdle();
        return true;
    }

    private async Task TellOfFault(string fault)
    {
        LogUnreadable(logger, Id, fault);
        await OnDisconnected(); // on record it may be connected, which it was before
        await RecordStateEvent(
            "state-unreadable", $"Its stored state cannot be read, so that it is out of service until that is repaired: {fault}");
    }

    /// <exception cref="OrleansException">The charger is out of service.</exception>
    private void EnsureState()
    {
        if (state.State.Fault is not null)
        {
            throw new OrleansException($"The stored state of {Id} cannot be read; it has to be repaired.");
        }
    }

    private Task RecordStateEvent(string kind, string detail) =>
        _facts.Keep(kind, () => chargerLog.RecordEvent(Id.Tenant, new EventRecord(time.GetUtcNow(), kind, Id.Name, detail)));

    [LoggerMessage(Level = LogLevel.Error, Message = "{Charger}: its stored state cannot be read: {Fault}")]
    private static partial void LogUnreadable(ILogger logger, ChargerId charger, string fault);
}
