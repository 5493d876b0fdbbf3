using System.ComponentModel.DataAnnotations;

namespace EvCharge.Gateway.Ocpp;

/// <summary>Section <c>Ocpp</c>: limits and clocks of charger connections.</summary>
public sealed class OcppGatewayOptions
{
    public const string Section = "Ocpp";

    /// <summary>Largest message taken from a charger. Default 65,536 bytes.</summary>
    [Range(1_024, 1_048_576)]
    public int MaxMessageBytes { get; set; } = 65_536;

    /// <summary>Most fragments of one message. Default 1,024.</summary>
    [Range(1, 65_536)]
    public int MaxFragments { get; set; } = 1_024;

    /// <summary>
    /// How long a message may take from its first to its last byte, on top of what its bytes take at the least pace. Default 5 s.
    /// </summary>
    [Range(1, 300)]
    public int MessageSeconds { get; set; } = 5;

    /// <summary>The least pace at which a message may come over a poor line. Default 500 bytes/s.</summary>
    [Range(10, 1_000_000)]
    public int MessageBytesPerSecond { get; set; } = 500;

    /// <summary>Silence after which a WebSocket is pinged, and as long again until it is dead. Default 20 s: after 40 s of silence.</summary>
    [Range(1, 600)]
    public int PingSeconds { get; set; } = 20;

    /// <summary>CALLs of one charger that wait for an answer. Default 16.</summary>
    [Range(1, 256)]
    public int CallQueueLimit { get; set; } = 16;

    /// <summary>How long that queue may stay full before the connection is closed. Default 5 s.</summary>
    [Range(1, 60)]
    public int CallQueueFullSeconds { get; set; } = 5;

    /// <summary>Frames that wait to be sent to one charger. Default 64.</summary>
    [Range(1, 1_024)]
    public int SendQueueLimit { get; set; } = 64;

    /// <summary>How long one frame may take to be written. Default 10 s.</summary>
    [Range(1, 300)]
    public int SendSeconds { get; set; } = 10;

    /// <summary>Unreadable messages in a row after which the connection is closed. Default 10.</summary>
    [Range(1, 1_000)]
    public int UnreadableLimit { get; set; } = 10;

    /// <summary>How long a new connection, or a message, may wait for its charger's grain when a silo is just lost. Default 15 s.</summary>
    [Range(1, 60)]
    public int AttachSeconds { get; set; } = 15;

    /// <summary>
    /// How long a transaction message may stay unanswered before the connection is closed with 1013, so that the charger
    /// keeps its messages. Default 90 s.
    /// </summary>
    [Range(1, 3_600)]
    public int UnansweredSeconds { get; set; } = 90;

    /// <summary>
    /// Bindings to grains made again per second, after the loss of a silo and as a matter of course each minute: one process
    /// should hold no more than 60 times as many connections. Default 500.
    /// </summary>
    [Range(1, 10_000)]
    public int RebindsPerSecond { get; set; } = 500;

    /// <summary>Over how long the connections are closed when the process stops. Default 20 s.</summary>
    [Range(0, 600)]
    public int DrainSeconds { get; set; } = 20;
}
