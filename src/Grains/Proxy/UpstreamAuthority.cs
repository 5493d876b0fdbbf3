using EvCharge.Contracts.Proxy;
using EvCharge.Grains.Authorization.External;
using EvCharge.History.Authorization;
using EvCharge.History.Proxy;
using Orleans.Runtime;

namespace EvCharge.Grains.Proxy;

/// <summary>A system that a charger is relayed to, and that decides on its tags.</summary>
internal sealed class UpstreamAuthority(ProxyLinkConfiguration link, IGrainFactory grains) : IOutsideAuthority
{
    public string Who => $"The system of the proxy link {link.Id.Name}";

    /// <summary>A driver waits, and the charger behind him: as long as an endpoint's by default.</summary>
    public TimeSpan Deadline => TimeSpan.FromSeconds(5);

    public string Fallback => link.Fallback;

    public async Task<ExternalOutcome> Ask(AuthorizationRequest request, string? vehicle)
    {
        try
        {
            var verdict = await grains.GetGrain<IProxyLinkGrain>(link.Id.ToString()).Authorize(request.IdTag.Value, Deadline);
            return new ExternalOutcome(verdict.Decision is { } decision ? decision with { Vehicle = vehicle } : null, verdict.Failure);
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            return new ExternalOutcome(null, "its link cannot be reached");
        }
    }
}
