using EvCharge.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace EvCharge.History.Mirror;

/// <summary>Composition of the mirror.</summary>
public static class MirrorRegistration
{
    /// <summary>Adds the mirror of an embedded history.</summary>
    /// <param name="database">A server's database; null for none, which ends a mirror that was there.</param>
    public static IServiceCollection AddHistoryMirror(this IServiceCollection services, DatabaseLocation? database)
    {
        services.AddOptions<MirrorOptions>()
            .BindConfiguration(MirrorOptions.Section)
            .Configure(options => options.Database = database)
            .Validate(options => options.IntervalSeconds is >= 1 and <= 3_600, "Mirror:IntervalSeconds must be 1 to 3600.")
            .Validate(options => options.RetrySeconds is >= 1 and <= 3_600, "Mirror:RetrySeconds must be 1 to 3600.")
            .ValidateOnStart();
        services.AddSingleton<HistoryMirror>();
        services.AddHostedService(provider => provider.GetRequiredService<HistoryMirror>());
        return services;
    }
}
