using EvCharge.Domain.Authorization;
using Orleans.Concurrency;

namespace EvCharge.Contracts.Authorization;

/// <summary>A driver's tag; key <c>tenant/TAG</c> with the tag in its key form.</summary>
[Alias("evc.ITagGrain")]
public interface ITagGrain : IGrainWithStringKey
{
    /// <summary>Decides whether the tag may charge at a site (empty: no site), whatever else it does at the moment.</summary>
    [Alias("Authorize")]
    ValueTask<TagDecision> Authorize(string site);

    /// <summary>Decides whether the tag may charge where it was presented, its other transactions considered.</summary>
    [Alias("Decide")]
    ValueTask<TagDecision> Decide(TagQuestion question);

    /// <summary>What of the tag holds for those that name it as their parent; null when it is not configured.</summary>
    [Alias("Standing"), AlwaysInterleave]
    ValueTask<TagStanding?> Standing();

    /// <summary>Says that the tag's configuration changed.</summary>
    [Alias("Reload"), OneWay]
    ValueTask Reload();
}
