using EvCharge.History.Frames;

namespace EvCharge.Gateway.Frames;

/// <summary>The frame log as a part of a gateway.</summary>
internal static class FramesRegistration
{
    /// <summary>Adds what takes and stores entries, for a gateway that holds sockets.</summary>
    public static void AddFrameLog(this IServiceCollection services)
    {
        services.AddOptions<FrameLogOptions>().BindConfiguration(FrameLogOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<FrameInstruments>();
        services.AddSingleton<FrameQueue>();
        services.AddSingleton<FrameBook>();
        services.AddHostedService<FrameStore>();
        services.AddHostedService<FrameLogUpkeep>();
        services.AddHostedService<FrameRetention>();
    }
}
