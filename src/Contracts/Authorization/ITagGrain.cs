using EvCharge.Domain.Authorization;
using Orleans.Concurrency;

namespace EvCharge.Contracts.Authorization;

/// <summary>A driver's tag; key <c>tenant/TAG</c> with the tag in its key form.</summary>
[Alias("evc.ITagGrain")]
public interface ITagGrain : IGrainWithStringKey
{
    /// <summary>Decides whether the tag may charge at a site (empty: no site).</summary>
    [Alias("Authorize")]
    ValueTask<TagDecision> Authorize(string site);

    /// <summary>Says that the tag's configuration changed.</summary>
    [Alias("Reload"), OneWay]
    ValueTask Reload();
}
