using System.ComponentModel.DataAnnotations;

namespace EvCharge.Grains.Proxy;

/// <summary>Section <c>Proxy</c>: how chargers are relayed to other systems.</summary>
public sealed class ProxyOptions
{
    public const string Section = "Proxy";

    /// <summary>How long the other system may take to accept a connection. Default 10 s.</summary>
    [Range(1, 120)]
    public int ConnectSeconds { get; set; } = 10;

    /// <summary>How long it may take to answer a message. Default 30 s.</summary>
    [Range(1, 600)]
    public int AnswerSeconds { get; set; } = 30;

    /// <summary>The longest pause between two attempts to reach it; the first is 1 s. Default 300 s.</summary>
    [Range(1, 3_600)]
    public int LongestPauseSeconds { get; set; } = 300;

    /// <summary>How large a message of it may be, in bytes. Default 65,536.</summary>
    [Range(1_024, 1_048_576)]
    public int MaxMessageBytes { get; set; } = 65_536;
}
