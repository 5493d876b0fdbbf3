using System.ComponentModel.DataAnnotations;

namespace EvCharge.Grains.Chargers;

/// <summary>Section <c>Chargers</c>: how chargers are answered and commanded.</summary>
public sealed class ChargerOptions
{
    public const string Section = "Chargers";

    /// <summary>Heartbeat interval given at boot. Default 300 s.</summary>
    [Range(10, 86_400)]
    public int HeartbeatSeconds { get; set; } = 300;

    /// <summary>How long a charger may take to answer a command. Default 30 s.</summary>
    [Range(1, 600)]
    public int CommandTimeoutSeconds { get; set; } = 30;

    /// <summary>
    /// How long a charger may take to answer a limit, or a command behind which a limit waits; longer for one that was seen to answer later.
    /// Default 5 s.
    /// </summary>
    [Range(1, 600)]
    public int LimitTimeoutSeconds { get; set; } = 5;

    /// <summary>How long a command waits for a connection before it is reported offline. Default 5 s.</summary>
    [Range(0, 600)]
    public int OfflineWaitSeconds { get; set; } = 5;

    /// <summary>How long after its first message, or its boot, a fresh connection is left alone before it is given commands. Default 200 ms.</summary>
    [Range(0, 60_000)]
    public int SettleMilliseconds { get; set; } = 200;

    /// <summary>How long a fresh connection may keep silent before it is given commands all the same. Default 3 s.</summary>
    [Range(0, 300)]
    public int SettleSilenceSeconds { get; set; } = 3;

    /// <summary>How long a connection has to stay before it is given commands when it is the fourth within a minute. Default 10 s.</summary>
    [Range(0, 300)]
    public int SettleFlappingSeconds { get; set; } = 10;

    /// <summary>How long a command may wait behind others before it is given up unsent. Default 120 s.</summary>
    [Range(1, 86_400)]
    public int CommandExpirySeconds { get; set; } = 120;

    /// <summary>
    /// How long a connection may give no sign, neither a frame nor its gateway's sweep each minute, before the charger counts
    /// as offline. Default 150 s.
    /// </summary>
    [Range(90, 3_600)]
    public int PresenceSeconds { get; set; } = 150;

    /// <summary>How many commands may wait for one charger. Default 32.</summary>
    [Range(1, 1_000)]
    public int CommandQueueLimit { get; set; } = 32;

    /// <summary>How long a charger on record as connected may be silent before its grain is asked to look.</summary>
    internal TimeSpan SilenceLimit => TimeSpan.FromSeconds(PresenceSeconds + HeartbeatSeconds);

    /// <summary>How long after its expiry a command that its grain holds has ended for sure.</summary>
    internal TimeSpan CommandLimit => TimeSpan.FromSeconds(CommandTimeoutSeconds + OfflineWaitSeconds + 60);
}
