using Orleans.Concurrency;

namespace EvCharge.Contracts.Sites;

/// <summary>A site; key <see cref="Domain.Identity.SiteId"/>.</summary>
[Alias("evc.ISiteGrain")]
public interface ISiteGrain : IGrainWithStringKey
{
    /// <summary>Makes sure that the site's wake-up is registered. Called when the site or a charger of it is configured.</summary>
    [Alias("Wake"), OneWay]
    ValueTask Wake();

    /// <summary>Says that others than before decide on tags here: the site tells its chargers.</summary>
    [Alias("AuthorizationChanged"), OneWay]
    ValueTask AuthorizationChanged();
}
