using EvCharge.SmartCharging.Sites;

namespace EvCharge.SmartCharging.Sharing;

/// <summary>A way of sharing a site's current.</summary>
internal interface ISharing
{
    string Name { get; }

    /// <summary>Sets the limits of the vehicles that are there.</summary>
    /// <param name="limit">Of each phase, in A.</param>
    void Share(IReadOnlyList<Vehicle> there, double limit, DateTimeOffset now);
}
