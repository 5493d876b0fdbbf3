using EvCharge.Domain.DesiredState;
using EvCharge.Domain.Identity;
using EvCharge.Domain.LocalLists;
using EvCharge.Grains.LocalLists;
using EvCharge.History.Commands;
using EvCharge.History.LocalLists;

namespace EvCharge.Grains.Chargers.Asserted;

/// <summary>
/// The authorization cache: emptied when a tag of the tenant lost a right, since the charger may have remembered that it was
/// accepted (OCPP 1.6 §3.4.1).
/// </summary>
internal sealed class CacheState(
    ChargerId charger, TagBook book, LocalListStore store, KeyReader keys, AssertingCommands commands, Func<IListDialect> dialect,
    DeferredFacts facts, TimeProvider time) : IAssertedState
{
    private readonly Retries _retries = new();
    private bool? _clear;
    private long _done;

    public bool FollowsTags => _clear != false;

    public bool IsPending => _retries.Due;

    /// <param name="clear">Null where the charger says that it has a cache.</param>
    public void Configure(bool? clear) => _clear = clear;

    public void Doubt()
    {
        _done = 0;
        _retries.Reset();
    }

    public async Task<bool> Assert()
    {
        if (_clear == false)
        {
            return false;
        }

        var revoked = (await book.Revision(charger.Tenant)).Revoked;
        if (revoked <= _done || _retries.Exhausted)
        {
            return _retries.Exhausted;
        }

        var state = await store.Find(charger);
        if (revoked <= state.ClearedFor || (_clear is null && !await HasCache()))
        {
            _done = revoked;
            return false;
        }

        if (dialect().OutcomeOf(await commands.Run(dialect().ClearCache()), dialect().ClearedIn) is not { } outcome)
        {
            _retries.Unanswered();
            return true;
        }

        _retries.Reset();
        _done = revoked;
        var (cleared, at) = (outcome == LocalListOutcome.Accepted, time.GetUtcNow());
        await store.Change(charger, before => before.Cleared(outcome, at) with { ClearedFor = cleared ? revoked : before.ClearedFor });
        return !cleared;
    }

    public void OnAnswered(CommandRecord answered)
    {
        if (!commands.Awaits(answered) && dialect().ClearedIn(answered) is { } outcome)
        {
            var at = answered.EndedAt ?? time.GetUtcNow();
            _ = facts.Keep($"cache {answered.Id}", () => store.Change(charger, before => before.Cleared(outcome, at)));
        }
    }

    private async Task<bool> HasCache() =>
        await keys.Known([dialect().CacheEnabledKey]) is [{ Actual: { } value }] && ConfigurationKey.Equal(value, "true");
}
