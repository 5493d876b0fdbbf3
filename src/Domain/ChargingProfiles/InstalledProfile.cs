namespace EvCharge.Domain.ChargingProfiles;

/// <summary>A profile of a charger: what somebody wants it to hold, and what it said that it took.</summary>
/// <param name="Id">chargingProfileId; unique on the charger.</param>
public sealed record InstalledProfile(int Id)
{
    /// <summary>Where it is wanted; 0 for the charger as a whole.</summary>
    public int Connector { get; init; }

    /// <summary>Null when nobody wants it.</summary>
    public ProfileContent? Desired { get; init; }

    /// <summary>The template that it was made from; null for none.</summary>
    public string? Template { get; init; }

    /// <summary>Somebody took it back, and the charger may still hold it.</summary>
    public bool Unwanted { get; init; }

    /// <summary>What the charger took last and was not told to remove; null for none.</summary>
    public ProfileContent? Held { get; init; }

    public int? HeldConnector { get; init; }

    /// <summary>The charger's word on what is desired now: one of <see cref="ProfileOutcome"/>; null before it gave one.</summary>
    public string? Outcome { get; init; }

    /// <summary>When it answered last.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The charger is not, or not known to be, as desired.</summary>
    public bool Differs => Desired is null ? Unwanted : !Matches(Connector, Desired, HeldConnector, Held);

    /// <summary>
    /// The charger has to be told: it never answered, took something else since, or booted since and may have forgotten it. One
    /// that refused is asked again after a boot.
    /// </summary>
    /// <param name="bootedAt">Null when it never booted.</param>
    public bool IsDue(DateTimeOffset? bootedAt, DateTimeOffset now) =>
        Desired is not null
        && !(Desired.ValidTo <= now)
        && (Outcome is null || At is null || At < bootedAt || (Outcome == ProfileOutcome.Accepted && Differs));

    /// <summary>The charger's answer to a profile of this id, whoever sent it.</summary>
    public InstalledProfile Answered(int connector, ProfileContent content, string outcome, DateTimeOffset at)
    {
        var asDesired = Desired is not null && Matches(Connector, Desired, connector, content);
        if (outcome == ProfileOutcome.Accepted)
        {
            return this with { Held = content, HeldConnector = connector, Outcome = Desired is null ? null : outcome, At = at };
        }

        return asDesired ? this with { Outcome = outcome, At = at } : this;
    }

    /// <summary>The charger removed it, or put another in its place.</summary>
    public InstalledProfile Lost(DateTimeOffset at) => this with { Held = null, HeldConnector = null, At = at };

    /// <summary>Nobody wants it and the charger does not hold it.</summary>
    public bool IsOver => Desired is null && !Unwanted && Held is null;

    /// <summary>Of one purpose and level a connector holds one profile: the newer takes the place of the other (OCPP 1.6 §3.13.2).</summary>
    public bool GivesWayTo(int id, int connector, ProfileContent content) =>
        Id != id && Held is { } held && HeldConnector == connector && (held.Purpose, held.StackLevel) == (content.Purpose, content.StackLevel);

    private static bool Matches(int connector, ProfileContent content, int? otherConnector, ProfileContent? other) =>
        connector == otherConnector && content == other;
}

/// <summary>How a charger answers a profile.</summary>
public static class ProfileOutcome
{
    public const string Accepted = "Accepted";
    public const string Rejected = "Rejected";
    public const string NotSupported = "NotSupported";

    /// <summary>It answered with an error.</summary>
    public const string Failed = "Failed";
}

/// <summary>Which profiles a charger was told to remove: those that fit every member given (OCPP 1.6 §6.13).</summary>
public sealed record ProfileFilter(int? Id, int? Connector, string? Purpose, int? StackLevel)
{
    public bool Fits(InstalledProfile profile) => Id is { } id
        ? profile.Id == id
        : (Connector is null || Connector == (profile.HeldConnector ?? profile.Connector))
            && (Purpose is null || Purpose == (profile.Held ?? profile.Desired)?.Purpose)
            && (StackLevel is null || StackLevel == (profile.Held ?? profile.Desired)?.StackLevel);
}
