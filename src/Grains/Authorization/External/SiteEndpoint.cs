using EvCharge.History.Authorization;
using EvCharge.History.Configuration;

namespace EvCharge.Grains.Authorization.External;

/// <summary>The endpoint of a charger's site.</summary>
internal sealed class SiteEndpoint(ExternalAuthority external, Versioned<ExternalAuthorizationConfiguration> endpoint) : IOutsideAuthority
{
    public string Who => "The endpoint";

    public TimeSpan Deadline => endpoint.Value.Deadline;

    public string Fallback => endpoint.Value.Fallback;

    public Task<ExternalOutcome> Ask(AuthorizationRequest request, string? vehicle) => external.Ask(endpoint, request, vehicle);
}
