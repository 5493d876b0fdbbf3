using System.Collections.Immutable;
using System.Net.Security;
using EvCharge.ChargerSimulator.Faults;
using EvCharge.ChargerSimulator.Ledgers;
using EvCharge.Ocpp;

namespace EvCharge.ChargerSimulator;

/// <summary>What one charge point is and how patient it is.</summary>
public sealed record ChargePointOptions
{
    /// <summary>Base of the connection URL (ws or wss), without the identity.</summary>
    public required Uri Url { get; init; }

    /// <summary>Further base URLs, dialled in turn when a connection could not be made. Default none.</summary>
    public ImmutableArray<Uri> Fallbacks { get; init; } = [];

    /// <summary>Base URL (wss) of security profiles 2 and 3; null for the one of the others. Default null.</summary>
    public Uri? SecureUrl { get; init; }

    /// <summary>Charge point identity, sent percent-encoded as the last segment of the URL.</summary>
    public required string Identity { get; init; }

    /// <summary>Basic auth password of security profiles 1 and 2; null sends no credentials. Default null.</summary>
    public string? Password { get; init; }

    /// <summary>Security profile to begin with; null for 1 with a password, else 0. Default null.</summary>
    public int? SecurityProfile { get; init; }

    /// <summary>The operator's name, which its certificate has as organization (CpoName). Default EvCharge.</summary>
    public string CpoName { get; init; } = "EvCharge";

    /// <summary>WebSocket subprotocol. Default ocpp1.6.</summary>
    public string Subprotocol { get; init; } = OcppVersion.V16;

    /// <summary>Number of connectors. Default 1.</summary>
    public int Connectors { get; init; } = 1;

    /// <summary>Largest current of a connector. Default 32 A per phase.</summary>
    public double MaxCurrent { get; init; } = 32;

    public string Vendor { get; init; } = "EvCharge";

    public string Model { get; init; } = "Simulator";

    public string Firmware { get; init; } = "1.0.0";

    /// <summary>
    /// Checks the server's certificate on wss; null means by the roots that were installed, or without any by the system's. Default
    /// null.
    /// </summary>
    public RemoteCertificateValidationCallback? CertificateValidation { get; init; }

    /// <summary>WebSocket ping interval. Default 30 s.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time for TCP, TLS and the upgrade. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for the answer to a CALL. Default 30 s.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>First pause before a reconnect; it doubles up to <see cref="LongestBackOff"/>, with jitter. Default 1 s.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Default 60 s.</summary>
    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Dial again when a connection ends. Default true.</summary>
    public bool Reconnect { get; init; } = true;

    /// <summary>
    /// Send BootNotification after a lost connection too, as most firmware does; OCPP 1.6 §4.2 asks for it only after a
    /// (re)boot. Default true.
    /// </summary>
    public bool BootOnReconnect { get; init; } = true;

    /// <summary>How long a reboot takes. Default 2 s.</summary>
    public TimeSpan RebootTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Time between repeats of an unanswered transaction message, not multiplied as in OCPP 1.6 §9.1.30. Default 5 s.</summary>
    public TimeSpan RepeatPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Attempts at a transaction message that the CSMS answers with CALLERROR (TransactionMessageAttempts). Default 3.</summary>
    public int RefusedAttempts { get; init; } = 3;

    /// <summary>Repeats of an unanswered frame get a new message id instead of the first one. Default false.</summary>
    public bool NewIdOnRepeat { get; init; }

    /// <summary>Overrides the heartbeat interval of the BootNotification answer. Default null.</summary>
    public TimeSpan? Heartbeat { get; init; }

    /// <summary>Start transactions while the CSMS cannot be asked (LocalAuthorizeOffline). Default true.</summary>
    public bool AuthorizeOffline { get; init; } = true;

    /// <summary>Remember which tags the CSMS accepted (AuthorizationCacheEnabled). Default true.</summary>
    public bool AuthorizationCache { get; init; } = true;

    /// <summary>Time between two MeterValues of a session on the simulated clock (MeterValueSampleInterval). Default 60 s.</summary>
    public TimeSpan SampleInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Length of a session that RemoteStartTransaction began, on the simulated clock. Default 10 min.</summary>
    public TimeSpan RemoteSessionLength { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Seed of everything random. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Clock of sockets, heartbeats and time-outs. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Clock of stamps, vehicles and scripts. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Faults that strike at random. Default none.</summary>
    public FaultOptions Faults { get; init; } = FaultOptions.None;

    /// <summary>Where transaction messages and their answers are written down; null keeps none. Default null.</summary>
    public Ledger? Ledger { get; init; }
}
