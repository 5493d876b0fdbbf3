using EvCharge.Contracts.Chargers;
using EvCharge.Domain.Identity;

namespace EvCharge.Grains.LocalLists;

/// <summary>A connected charger of this silo that may hold something of the tenant's tags.</summary>
/// <param name="isPending">It is to be told again, though nothing changed.</param>
internal sealed class TagFollower(ChargerId charger, IChargerGrain grain, Func<bool> isPending)
{
    public ChargerId Charger => charger;

    /// <summary>The change of tags that it was told of last.</summary>
    public long Told { get; private set; }

    public bool IsBehind(long changed) => Told < changed || isPending();

    public ValueTask Tell(long changed)
    {
        Told = changed;
        return grain.TagsChanged();
    }
}
