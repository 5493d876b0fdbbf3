using System.ComponentModel.DataAnnotations;
using EvCharge.Domain.Sessions;

namespace EvCharge.Grains.Connectors;

/// <summary>Section <c>Sessions</c>: when transactions that were never stopped get a provisional end.</summary>
public sealed class SessionOptions
{
    public const string Section = "Sessions";

    /// <summary>How long a connector may report Available beside an open transaction. Default 300 s.</summary>
    [Range(10, 86_400)]
    public int AvailableGraceSeconds { get; set; } = 300;

    /// <summary>How long a transaction may show no sign of life. Default 24 h.</summary>
    [Range(1, 8_760)]
    public int SilenceLimitHours { get; set; } = 24;

    internal SessionPolicy Policy => new(
        TimeSpan.FromSeconds(AvailableGraceSeconds),
        TimeSpan.FromHours(SilenceLimitHours));
}
