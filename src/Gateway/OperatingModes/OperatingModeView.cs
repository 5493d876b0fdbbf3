using EvCharge.Domain.Identity;
using EvCharge.Domain.Models;
using EvCharge.Gateway.Api;
using EvCharge.History.Configuration;

namespace EvCharge.Gateway.OperatingModes;

/// <summary>How a charger takes limits. What is left out is as the charger's model says, or the standard.</summary>
/// <param name="Purpose">Of the profiles that it is sent (OCPP 1.6 §7.11): ChargePointMaxProfile, TxDefaultProfile or TxProfile.</param>
/// <param name="Kind">Of the profiles (OCPP 1.6 §7.9): Absolute, Recurring or Relative.</param>
/// <param name="Unit">A or W.</param>
/// <param name="Current">perPhase or total: what a limit in A counts.</param>
/// <param name="Step">Of limits, in the unit: 0.1 to 10,000.</param>
/// <param name="Minimum">Smallest limit that is not 0, in the unit: 0.1 to 100,000.</param>
/// <param name="ZeroAllowed">A limit of 0 pauses the vehicle.</param>
/// <param name="StackLevel">0 to 100.</param>
/// <param name="SettleSeconds">From a new limit until measurements follow it: 0 to 3,600.</param>
/// <param name="ResendAfterResume">The first limit after a pause is sent twice.</param>
/// <param name="ClearFirst">A profile is cleared before another takes its place.</param>
public sealed record OperatingModeMembers(
    string? Purpose = null,
    string? Kind = null,
    string? Unit = null,
    string? Current = null,
    double? Step = null,
    double? Minimum = null,
    bool? ZeroAllowed = null,
    int? StackLevel = null,
    int? SettleSeconds = null,
    bool? ResendAfterResume = null,
    bool? ClearFirst = null)
{
    internal ChargingMode Content => new(
        Purpose, Kind, Unit, Current, Step, Minimum, ZeroAllowed, StackLevel, SettleSeconds, ResendAfterResume, ClearFirst);

    internal static OperatingModeMembers Of(ChargingMode mode) => new(
        mode.Purpose, mode.Kind, mode.Unit, mode.Current, mode.Step, mode.Minimum, mode.ZeroAllowed, mode.StackLevel, mode.SettleSeconds,
        mode.ResendAfterResume, mode.ClearFirst);
}

/// <summary>An operating mode of the library.</summary>
/// <param name="Mode">What the <c>operatingMode</c> of chargers names.</param>
/// <param name="Site">The site that has it for itself; null for the tenant's.</param>
/// <param name="Name">For people.</param>
public sealed record OperatingModeView(string Mode, string? Site, string Name, OperatingModeMembers SmartCharging)
{
    internal static OperatingModeView Of(OperatingModeConfiguration mode) =>
        new(mode.Mode, mode.Scope.IsNone ? null : mode.Scope.Name, mode.Name, OperatingModeMembers.Of(mode.Content));
}

/// <summary>An operating mode as it is put.</summary>
/// <param name="Mode">May repeat the id in the path.</param>
/// <param name="Name">For people, 1 to 200 characters; the id by default.</param>
/// <param name="Site">Of documents: the site that has it for itself; null for the tenant's. May repeat the site in the path.</param>
public sealed record OperatingModeInput(string? Mode = null, string? Name = null, OperatingModeMembers? SmartCharging = null, string? Site = null)
{
    internal OperatingModeConfiguration Checked(SiteId scope, string id)
    {
        var content = SmartCharging?.Content ?? new ChargingMode();
        var checks = new Checks()
            .Name(Mode, id, "mode")
            .That(ChargingModeRules.Named(id) is null, "mode", "is the purpose of a profile")
            .Text(Name, "name", 200)
            .That(Site is null || Site == scope.Name, "site", "must be the site in the path")
            .That(content != new ChargingMode(), "smartCharging", "must have a member");
        if (ChargingModeRules.Wrong(content) is var (member, rule))
        {
            checks.That(false, $"smartCharging.{member}", rule);
        }

        checks.ThrowIfAny();
        return new OperatingModeConfiguration(scope, id, Name ?? id, content);
    }
}
