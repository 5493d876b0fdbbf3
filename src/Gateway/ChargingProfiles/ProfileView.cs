using EvCharge.Domain.ChargingProfiles;
using EvCharge.History.Configuration;

namespace EvCharge.Gateway.ChargingProfiles;

/// <summary>A profile of a charger.</summary>
/// <param name="Connector">Where it is wanted, or held when nobody wants it; 0 for the charger as a whole.</param>
/// <param name="Desired">Null when nobody wants it.</param>
/// <param name="Template">The template that it was made from; null for none.</param>
/// <param name="Held">What the charger took last; null when it took none, or was told to remove it.</param>
/// <param name="Differs">The charger is not, or not known to be, as desired.</param>
/// <param name="Removing">It was taken back, and the charger is still to be told.</param>
/// <param name="Outcome">How the charger answered what is desired: Accepted, Rejected, NotSupported or Failed; null before it did.</param>
/// <param name="At">When the charger answered last, UTC.</param>
public sealed record InstalledProfileView(
    int Profile, int Connector, ProfileContentView? Desired, string? Template, ProfileContentView? Held, bool Differs, bool Removing,
    string? Outcome, DateTimeOffset? At)
{
    internal static InstalledProfileView Of(InstalledProfile profile) => new(
        profile.Id,
        profile.Desired is null ? profile.HeldConnector ?? profile.Connector : profile.Connector,
        ProfileContentView.Of(profile.Desired),
        profile.Template,
        ProfileContentView.Of(profile.Held),
        profile.Differs,
        profile.Unwanted,
        profile.Outcome,
        profile.At);
}

/// <summary>A charging profile. Members as in <see cref="ProfileInput"/>.</summary>
public sealed record ProfileContentView(
    string Purpose, string Kind, string? Recurrency, int StackLevel, ScheduleView Schedule, DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo)
{
    internal static ProfileContentView? Of(ProfileContent? profile) => profile is null ? null : new(
        profile.Purpose, profile.Kind, profile.Recurrency, profile.StackLevel, ScheduleView.Of(profile.Schedule), profile.ValidFrom, profile.ValidTo);
}

/// <summary>Members as in <see cref="ScheduleInput"/>.</summary>
public sealed record ScheduleView(
    string Unit, IReadOnlyList<PeriodView> Periods, int? Duration, DateTimeOffset? Start, double? MinimumRate)
{
    internal static ScheduleView Of(ProfileSchedule schedule) => new(
        schedule.Unit,
        [.. schedule.Periods.Select(period => new PeriodView(period.Start, period.Limit, period.Phases))],
        schedule.Duration,
        schedule.Start,
        schedule.MinimumRate);
}

/// <summary>Members as in <see cref="PeriodInput"/>.</summary>
public sealed record PeriodView(int Start, double Limit, int? Phases);

/// <summary>A charging profile to make others from.</summary>
/// <param name="Site">The site that keeps it for itself; null for one of the tenant.</param>
/// <param name="Name">For people.</param>
public sealed record ProfileTemplateView(string Template, string? Site, string Name, ProfileContentView Profile)
{
    internal static ProfileTemplateView Of(ProfileTemplate template) =>
        new(template.Template, template.Scope.IsNone ? null : template.Scope.Name, template.Name, ProfileContentView.Of(template.Profile)!);
}
