using System.Data.Common;
using EvCharge.History;
using Orleans.Runtime;
using Orleans.Serialization;

namespace EvCharge.Gateway;

/// <summary>
/// Faults that are of the system and not of a message: a silo or the database is away for a while. What was asked may be
/// asked again.
/// </summary>
internal static class ClusterFault
{
    public static bool Is(Exception fault) =>
        fault is OrleansException or TimeoutException or HistoryUnavailableException or DbException or UnavailableExceptionFallbackException;
}
