using EvCharge.Domain.Identity;
using EvCharge.History.Commands;
using EvCharge.History.DesiredState;

namespace EvCharge.Grains.Chargers.Asserted;

/// <summary>Connectors that somebody took out of service or put back: those whose status says otherwise are told again.</summary>
/// <param name="statusOf">Status of a connector by its number; null before the first report.</param>
internal sealed class AvailabilityState(
    ChargerId charger, DesiredStateStore store, AssertingCommands commands, Func<IStateDialect> dialect,
    Func<int, Task<string?>> statusOf) : IAssertedState
{
    public async Task<bool> Assert()
    {
        var desired = await store.Availabilities(charger);
        foreach (var availability in desired)
        {
            if (availability.Differs(await statusOf(availability.Connector))
                && await commands.Execute(dialect().ChangeAvailability(availability.Connector, availability.Operative)) is { } answered
                && dialect().AvailabilityIn(answered) is { } answer)
            {
                await store.RecordOutcome(charger, answer);
            }
        }

        return desired.Count > 0;
    }

    /// <summary>An operator's own ChangeAvailability decides nothing that lasts: what counts afterwards is the connector's status.</summary>
    public void OnAnswered(CommandRecord answered)
    {
    }
}
