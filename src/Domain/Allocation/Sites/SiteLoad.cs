using EvCharge.Domain.Allocation.Limits;

namespace EvCharge.Domain.Allocation.Sites;

/// <summary>How a site takes account of what others than its vehicles take at the grid connection, as it is configured.</summary>
/// <param name="WorstCase">What is counted while no reading is fresh, in the site's unit.</param>
/// <param name="UsesGeneration">Vehicles may take what is generated beyond what others take; null for no.</param>
/// <param name="WindowSeconds">The highest reading of that long counts; null for 60.</param>
/// <param name="StaleSeconds">From then on a reading is not fresh; null for 120.</param>
/// <param name="CountsVehicles">The meter shows what vehicles take as well; null for no.</param>
public sealed record UncontrolledLoadSettings(
    double WorstCase, bool? UsesGeneration = null, double? WindowSeconds = null, double? StaleSeconds = null, bool? CountsVehicles = null)
{
    public UncontrolledLoadPolicy Policy { get; } = new()
    {
        WorstCase = WorstCase,
        UsesGeneration = UsesGeneration ?? false,
        CountsVehicles = CountsVehicles ?? false,
        Window = TimeSpan.FromSeconds(WindowSeconds ?? 60),
        Stale = TimeSpan.FromSeconds(StaleSeconds ?? 120),
    };
}

/// <summary>What others than vehicles take at the grid connection: by phase in A, or all together in W, as the site's limit is.</summary>
/// <param name="policy">Null for a site that does not take account of it.</param>
public sealed class SiteLoad(UncontrolledLoadPolicy? policy)
{
    private readonly UncontrolledLoad[] _rows = [.. Enumerable.Repeat(UncontrolledLoad.Unknown, LimitTree.RowsPerNode)];

    /// <summary>Whether it is taken account of.</summary>
    public bool Counts => policy is not null;

    /// <summary>Takes a reading.</summary>
    /// <param name="row">Of the grid connection's rows.</param>
    /// <param name="load">What the meter shows; negative when more is generated.</param>
    /// <param name="drawn">What vehicles took of the row, by their own meters within that time.</param>
    public void Measured(int row, double load, Func<int, TimeSpan, double> drawn, DateTimeOffset at)
    {
        if (policy is not null)
        {
            var others = policy.CountsVehicles ? load - drawn(row, policy.Window) : load;
            _rows[row] = _rows[row].Measured(others, at, policy);
        }
    }

    /// <summary>What is counted in a row of the grid connection now.</summary>
    public double At(int row, DateTimeOffset now) => policy is null ? 0 : _rows[row].At(now, policy);

    /// <summary>Takes over what was known under a configuration before.</summary>
    public void Follow(SiteLoad before) => before._rows.CopyTo(_rows, 0);
}
