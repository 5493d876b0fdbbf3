using System.ComponentModel.DataAnnotations;

namespace EvCharge.Gateway.Live;

/// <summary>Configuration section <c>Live</c>.</summary>
public sealed class LiveOptions
{
    public const string Section = "Live";

    /// <summary>Seconds between two looks at what somebody watches, 0.25 to 5. Default 1.</summary>
    [Range(0.25, 5)]
    public double PeriodSeconds { get; set; } = 1;

    /// <summary>Streams that a gateway serves at once, 1 to 100000. Default 2000.</summary>
    [Range(1, 100_000)]
    public int MaxStreams { get; set; } = 2_000;

    /// <summary>Streams of one session or API key at a gateway, 1 to 1000. Default 20.</summary>
    [Range(1, 1_000)]
    public int MaxStreamsPerCredential { get; set; } = 20;

    internal TimeSpan Period => TimeSpan.FromSeconds(PeriodSeconds);
}
