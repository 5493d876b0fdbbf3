namespace EvCharge.ChargerSimulator.Faults;

/// <summary>What can go wrong with a charger.</summary>
public enum Fault
{
    None,

    /// <summary>TCP reset right after a frame was sent.</summary>
    Reset,

    /// <summary>TCP FIN right after a frame was sent, without a WebSocket close.</summary>
    Drop,

    /// <summary>The frame just sent goes out a second time, byte for byte.</summary>
    Replay,

    /// <summary>Connected, but neither reading nor answering for a while.</summary>
    Silence,

    /// <summary>A broken frame goes out before the next good one.</summary>
    Malformed,

    /// <summary>No connection for a while; the session goes on and its messages queue.</summary>
    Offline,
}

/// <summary>Chance of each fault per frame sent, drawn from the charger's seed; and how often commands are turned down.</summary>
public sealed record FaultOptions
{
    public static FaultOptions None { get; } = new();

    /// <summary>Default 0.</summary>
    public double Reset { get; init; }

    /// <summary>Default 0.</summary>
    public double Drop { get; init; }

    /// <summary>Default 0.</summary>
    public double Replay { get; init; }

    /// <summary>Default 0.</summary>
    public double Silence { get; init; }

    /// <summary>Default 0.</summary>
    public double Malformed { get; init; }

    /// <summary>Default 0.</summary>
    public double Offline { get; init; }

    /// <summary>Chance that a command is answered Rejected. Default 0.</summary>
    public double RejectCommand { get; init; }

    /// <summary>Chance that a command is answered with CALLERROR. Default 0.</summary>
    public double FailCommand { get; init; }

    /// <summary>Chance that a command is carried out and not answered. Default 0.</summary>
    public double LoseAnswer { get; init; }

    /// <summary>From a new limit until it is followed. Default 2 s.</summary>
    public TimeSpan LimitLag { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What is drawn by what is allowed; 1.06 for a charger that takes 6 % too much. Default 1.</summary>
    public double Excess { get; init; } = 1;

    /// <summary>Accepts limits and does not follow them. Default false.</summary>
    public bool IgnoresLimits { get; init; }

    /// <summary>Length of a silence or an offline period. Default 30 s.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(30);
}
