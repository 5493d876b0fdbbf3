using Microsoft.AspNetCore.ResponseCompression;

namespace EvCharge.Gateway.Live;

internal static class LiveRegistration
{
    public static void AddLive(this IServiceCollection services)
    {
        services.AddOptions<LiveOptions>().BindConfiguration(LiveOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LiveReader>();
        services.AddSingleton<LiveBoards>();
        services.AddSingleton<LiveStreams>();
        services.AddSingleton<LiveRights>();
    }

    /// <summary>What the pipeline needs in every role.</summary>
    public static void AddStreamCompression(this IServiceCollection services)
    {
        // Nothing else is compressed on the fly: an answer that holds a secret beside what others chose tells of it by its length.
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/event-stream"];
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
    }
}
