using EvCharge.ChargerSimulator.Vehicles;

namespace EvCharge.ChargerSimulator.Sessions;

/// <summary>What a driver intends: which vehicle, which tag, how long. Times are on the simulated clock.</summary>
/// <param name="Length">From the start of the transaction to its stop.</param>
/// <param name="Linger">From the stop to pulling the plug.</param>
/// <param name="RemotelyStarted">The CSMS asked for it, so the driver shows no tag.</param>
public sealed record SessionPlan(
    ElectricVehicle Vehicle,
    string IdTag,
    TimeSpan Length,
    TimeSpan Linger,
    bool RemotelyStarted = false);

/// <summary>How a planned session ended.</summary>
public enum SessionEnd
{
    /// <summary>Charged and stopped; its messages may still be queued.</summary>
    Finished,

    /// <summary>The tag was not accepted: no transaction was started.</summary>
    NotAuthorized,

    /// <summary>The connector was in use or out of service.</summary>
    NotAvailable,
}
