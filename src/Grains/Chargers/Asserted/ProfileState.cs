using EvCharge.Domain.ChargingProfiles;
using EvCharge.Domain.Identity;
using EvCharge.History.ChargingProfiles;
using EvCharge.History.Commands;

namespace EvCharge.Grains.Chargers.Asserted;

/// <summary>
/// Charging profiles that operators want on a charger, sent again after a boot: chargers ought to keep them (OCPP 1.6 errata
/// §3.37), and some do not. One with the same id takes the place of the one before, so that a needless one does no harm.
/// </summary>
/// <param name="bootedAt">When the charger booted last; null when it never did.</param>
/// <param name="isLimited">The charger's site gives it its limits: a profile of anybody else might outrank them.</param>
internal sealed class ProfileState(
    ChargerId charger, ProfileStore store, AssertingCommands commands, Func<IProfileDialect> dialect, DeferredFacts facts,
    Func<DateTimeOffset?> bootedAt, Func<bool> isLimited, TimeProvider time) : IAssertedState
{
    public async Task<bool> Assert()
    {
        var profiles = await store.Profiles(charger);
        if (isLimited())
        {
            return profiles.Count > 0;
        }
        foreach (var profile in profiles)
        {
            if (profile.Unwanted)
            {
                await Clear(profile);
            }
            else if (profile.IsDue(bootedAt(), time.GetUtcNow()))
            {
                await Set(profile, profile.Desired!);
            }
        }

        return profiles.Any(profile => profile.Unwanted || profile.Desired is not null);
    }

    public void OnAnswered(CommandRecord answered)
    {
        if (commands.Awaits(answered))
        {
            return;
        }

        var at = answered.EndedAt ?? time.GetUtcNow();
        if (dialect().SetIn(answered) is var (id, connector, profile, outcome))
        {
            _ = facts.Keep($"profile {answered.Id}", () => store.Answered(charger, id, connector, profile, outcome, at));
        }
        else if (dialect().ClearedIn(answered) is { } filter)
        {
            _ = facts.Keep($"profiles {answered.Id}", () => store.Cleared(charger, filter, at));
        }
    }

    private async Task Set(InstalledProfile profile, ProfileContent desired)
    {
        var ended = await commands.Run(dialect().Set(profile.Id, profile.Connector, desired));
        if (dialect().OutcomeOf(ended, answered => dialect().SetIn(answered)?.Outcome) is { } outcome)
        {
            await store.Answered(charger, profile.Id, profile.Connector, desired, outcome, time.GetUtcNow());
        }
    }

    /// <summary>A charger that knows no profiles holds none.</summary>
    private async Task Clear(InstalledProfile profile)
    {
        var ended = await commands.Run(dialect().Clear(profile.Id));
        var outcome = dialect().OutcomeOf(ended, _ => ProfileOutcome.Accepted);
        if (outcome is ProfileOutcome.Accepted or ProfileOutcome.NotSupported)
        {
            await store.Cleared(charger, new ProfileFilter(profile.Id, null, null, null), time.GetUtcNow());
        }
    }
}
