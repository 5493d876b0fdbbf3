using EvCharge.Domain.Identity;
using EvCharge.History.Commands;
using EvCharge.History.DesiredState;

namespace EvCharge.Grains.Chargers.Asserted;

/// <summary>
/// Configuration keys: those that somebody decided are read, and changed where they differ. What the charger says of its keys
/// in any answer is kept.
/// </summary>
internal sealed class KeyState(
    ChargerId charger, DesiredStateStore store, KeyReader reader, Func<IStateDialect> dialect, DeferredFacts facts,
    TimeProvider time) : IAssertedState
{
    public async Task<bool> Assert()
    {
        var desired = (await store.Keys(charger)).Where(key => key.Desired is not null).ToList();
        if (desired.Count == 0)
        {
            return false;
        }

        if (!await reader.Read([.. desired.Select(key => key.Name)]))
        {
            return true;
        }

        foreach (var key in (await store.Keys(charger)).Where(key => key.CanBeChanged))
        {
            await reader.Change(key.Name, key.Desired!);
        }

        return true;
    }

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
}
