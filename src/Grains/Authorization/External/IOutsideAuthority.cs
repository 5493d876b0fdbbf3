using EvCharge.Domain.Authorization;
using EvCharge.History.Authorization;

namespace EvCharge.Grains.Authorization.External;

/// <summary>Somebody outside who decides on the tags of a charger.</summary>
internal interface IOutsideAuthority
{
    /// <summary>Who, at the beginning of a sentence.</summary>
    string Who { get; }

    TimeSpan Deadline { get; }

    /// <summary>One of <see cref="AuthorizationDefault"/>: what is answered when it does not decide.</summary>
    string Fallback { get; }

    /// <param name="vehicle">That the tag belongs to, by its configuration.</param>
    Task<ExternalOutcome> Ask(AuthorizationRequest request, string? vehicle);
}
