using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace EvCharge.Hosting;

/// <summary>
/// Whether the pages of Orleans about grains and silos are served, at <see cref="Path"/> and to platform administrators alone:
/// <c>EVCHARGE_ORLEANS_DASHBOARD=true</c>, the same for silos and gateways. Default false: it measures each call of a grain, and shows states.
/// </summary>
public static class OrleansDashboard
{
    public const string Path = "/orleans";

    private const string Key = "EVCHARGE_ORLEANS_DASHBOARD";

    /// <exception cref="OptionsValidationException">What is set is neither true nor false.</exception>
    public static bool IsWanted(IConfiguration configuration) => configuration[Key] switch
    {
        null or "" => false,
        var text when bool.TryParse(text, out var wanted) => wanted,
        _ => throw new OptionsValidationException(Key, typeof(bool), [$"{Key} must be true or false."]),
    };
}
