using EvCharge.Domain.ChargingProfiles;
using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.ChargingProfiles;

/// <summary>
/// The profiles of chargers: those that operators want, and what the chargers answered, written by their grains. Profiles of
/// one transaction are not kept: they are gone with it.
/// </summary>
public sealed class ProfileStore(HistoryEngine engine)
{
    /// <summary>Profiles kept for one charger. Chargers hold fewer: they say how many in MaxChargingProfilesInstalled.</summary>
    public const int MostProfiles = 100;

    /// <summary>The profiles of a charger by id.</summary>
    public Task<IReadOnlyList<InstalledProfile>> Profiles(ChargerId charger) => engine.Read<IReadOnlyList<InstalledProfile>>(
        async tables => (await Of(tables, charger).OrderBy(row => row.ProfileId).ToListAsync()).ConvertAll(Read));

    /// <summary>Says what a profile should be.</summary>
    /// <returns>
    /// The profile as it is on record then. Null when it was not taken: the charger has too many, or another one is desired that
    /// would take its place.
    /// </returns>
    public Task<InstalledProfile?> Desire(ChargerId charger, int id, int connector, ProfileContent desired, string? template) => engine.Write(
        write =>
        {
            var profiles = Of(write.Tables, charger).ToList().ConvertAll(Read);
            var known = profiles.Find(profile => profile.Id == id);
            if ((known is null && profiles.Count >= MostProfiles) || profiles.Exists(other => Rivals(other, id, connector, desired)))
            {
                return null;
            }

            var before = known ?? new InstalledProfile(id);
            var same = before.Desired == desired && before.Connector == connector;
            return Put(write.Tables, charger, before with
            {
                Connector = connector,
                Desired = desired,
                Template = template,
                Unwanted = false,
                Outcome = same ? before.Outcome : null,
            });
        },
        rows: 2,
        bytes: 64 * (2 + desired.Schedule.Periods.Length));

    /// <summary>Nobody wants the profile any more: the charger is to remove it.</summary>
    /// <returns>False when there is none.</returns>
    public Task<bool> Release(ChargerId charger, int id) => engine.Write(write => Of(write.Tables, charger)
        .Where(row => row.ProfileId == id)
        .Set(row => row.Desired, (string?)null)
        .Set(row => row.Template, (string?)null)
        .Set(row => row.Outcome, (string?)null)
        .Set(row => row.Unwanted, true)
        .Update() > 0);

    /// <summary>Keeps how the charger answered a profile.</summary>
    public Task Answered(ChargerId charger, int id, int connector, ProfileContent content, string outcome, DateTimeOffset at) => engine.Write(
        write =>
        {
            var profiles = Of(write.Tables, charger).ToList().ConvertAll(Read);
            var known = profiles.Find(profile => profile.Id == id);
            var taken = outcome == ProfileOutcome.Accepted;
            if (known is not null || (taken && profiles.Count < MostProfiles))
            {
                Put(write.Tables, charger, (known ?? new InstalledProfile(id) { Connector = connector }).Answered(connector, content, outcome, at));
            }

            foreach (var other in profiles.Where(other => taken && other.GivesWayTo(id, connector, content)))
            {
                Put(write.Tables, charger, other.Lost(at));
            }

            return 1;
        },
        rows: 2,
        bytes: 64 * (2 + content.Schedule.Periods.Length));

    /// <summary>The charger removed what fits, or says that it holds none of it.</summary>
    public Task Cleared(ChargerId charger, ProfileFilter filter, DateTimeOffset at) => engine.Write(write =>
    {
        foreach (var cleared in Of(write.Tables, charger).ToList().ConvertAll(Read).Where(filter.Fits))
        {
            Put(write.Tables, charger, cleared.Lost(at) with { Unwanted = false });
        }

        return 1;
    });

    /// <summary>Forgets a charger that was deleted.</summary>
    internal static void Forget(HistoryTables tables, ChargerId charger) => Of(tables, charger).Delete();

    /// <summary>The charger would let one of them take the place of the other, again and again.</summary>
    private static bool Rivals(InstalledProfile other, int id, int connector, ProfileContent desired) =>
        other.Id != id && other.Desired is { } wanted && other.Connector == connector
        && (wanted.Purpose, wanted.StackLevel) == (desired.Purpose, desired.StackLevel);

    private static InstalledProfile Put(HistoryTables tables, ChargerId charger, InstalledProfile profile)
    {
        if (profile.IsOver)
        {
            Of(tables, charger).Where(row => row.ProfileId == profile.Id).Delete();
        }
        else
        {
            tables.InsertOrReplace(RowOf(charger, profile));
        }

        return profile;
    }

    private static IQueryable<ChargerProfileRow> Of(HistoryTables tables, ChargerId charger) =>
        tables.ChargerProfiles.Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name);

    private static InstalledProfile Read(ChargerProfileRow row) => new(row.ProfileId)
    {
        Connector = row.Connector,
        Desired = row.Desired is null ? null : ProfileText.Read(row.Desired),
        Template = row.Template,
        Unwanted = row.Unwanted,
        Held = row.Held is null ? null : ProfileText.Read(row.Held),
        HeldConnector = row.HeldConnector,
        Outcome = row.Outcome,
        At = row.AnsweredAt,
    };

    private static ChargerProfileRow RowOf(ChargerId charger, InstalledProfile profile) => new()
    {
        TenantId = charger.Tenant.Value,
        ChargerId = charger.Name,
        ProfileId = profile.Id,
        Connector = profile.Connector,
        Desired = profile.Desired is null ? null : ProfileText.Write(profile.Desired),
        Template = profile.Template,
        Unwanted = profile.Unwanted,
        Held = profile.Held is null ? null : ProfileText.Write(profile.Held),
        HeldConnector = profile.HeldConnector,
        Outcome = profile.Outcome,
        AnsweredAt = profile.At,
    };
}
