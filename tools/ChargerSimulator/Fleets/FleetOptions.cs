using System.Collections.Immutable;
using EvCharge.ChargerSimulator.Faults;
using EvCharge.ChargerSimulator.Ledgers;

namespace EvCharge.ChargerSimulator.Fleets;

/// <summary>A number of chargers at which vehicles come, charge and leave. Times of visits are on the simulated clock.</summary>
public sealed record FleetOptions
{
    /// <summary>Base of the connection URL, e.g. ws://127.0.0.1:8080/ocpp.</summary>
    public required Uri Url { get; init; }

    /// <summary>Number of chargers. Default 8.</summary>
    public int Count { get; init; } = 8;

    /// <summary>How many of them, counted from the first, have two connectors. Default 1.</summary>
    public int Twins { get; init; } = 1;

    /// <summary>Identities are this and a three-digit number from 001. Default SIM.</summary>
    public string Prefix { get; init; } = "SIM";

    /// <summary>Basic auth password of every charger; null sends none. Default null.</summary>
    public string? Password { get; init; }

    /// <summary>Tags of the drivers, dealt out round the outlets; empty makes one for each outlet. Default empty.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Seed of arrivals, vehicles and faults. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Visits in all; null goes on until stopped. Default null.</summary>
    public int? Sessions { get; init; }

    /// <summary>How many times faster than real time visits pass. Default 1.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>Where the simulated clock starts; null is now. A compressed run that starts in the past need not stamp the future.</summary>
    public DateTimeOffset? Origin { get; init; }

    /// <summary>Default 3 min.</summary>
    public TimeSpan ShortestSession { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Default 15 min.</summary>
    public TimeSpan LongestSession { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Longest time an outlet stands free between two visits, and a vehicle stays plugged after charging. Default 1 min.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Default 10 s.</summary>
    public TimeSpan SampleInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When asked to stop: how long running sessions get for their stop to be acknowledged, real time. Default 5 s.</summary>
    public TimeSpan EndPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Faults that strike every charger at random. Default none.</summary>
    public FaultOptions Faults { get; init; } = FaultOptions.None;

    /// <summary>Record of all transaction messages; null keeps none, which a fleet without end needs. Default null.</summary>
    public Ledger? Ledger { get; init; }

    /// <summary>Last word on each charger's options, e.g. its patience. Default none.</summary>
    public Func<ChargePointOptions, ChargePointOptions>? Adjust { get; init; }

    /// <summary>Clock of sockets and heartbeats. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
