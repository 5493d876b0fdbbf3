using EvCharge.Domain.DesiredState;
using EvCharge.Domain.Identity;
using EvCharge.History.DesiredState;

namespace EvCharge.Grains.Chargers.Asserted;

/// <summary>Has the charger say its configuration keys, for work that goes on with them.</summary>
internal sealed class KeyReader(
    ChargerId charger, DesiredStateStore store, AssertingCommands commands, Func<IStateDialect> dialect, TimeProvider time)
{
    /// <summary>The keys as they are on record.</summary>
    public Task<IReadOnlyList<ConfigurationKey>> Known(IReadOnlyList<string> names) => store.Keys(charger, names);

    /// <returns>False when the charger did not say them.</returns>
    public async Task<bool> Read(IReadOnlyList<string> names)
    {
        if (await commands.Execute(dialect().ReadKeys(names)) is not { } answered)
        {
            return false;
        }

        // The answer is being kept already, but what follows depends on it.
        if (dialect().ReportIn(answered) is { } report)
        {
            await store.Record(charger, report, time.GetUtcNow());
        }

        return true;
    }

    public async Task Change(string name, string value) => await commands.Execute(dialect().ChangeKey(name, value));
}
