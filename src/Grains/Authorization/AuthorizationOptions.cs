using System.ComponentModel.DataAnnotations;

namespace EvCharge.Grains.Authorization;

/// <summary>Section <c>Authorization</c>: how long decisions of others than the tags' configuration stand.</summary>
public sealed class AuthorizationOptions
{
    public const string Section = "Authorization";

    /// <summary>
    /// How long a decision on a tag at a charger holds for the transaction that is started with it. Default 10 min.
    /// </summary>
    [Range(1, 1_440)]
    public int DecisionMinutes { get; set; } = 10;

    internal TimeSpan DecisionHolds => TimeSpan.FromMinutes(DecisionMinutes);
}
