using System.Collections.Frozen;
using EvCharge.Domain.Alarms;

namespace EvCharge.Gateway.Security;

/// <summary>The three roles that every tenant has, each with what the one before it may do.</summary>
public static class Roles
{
    public const string Guest = "guest";
    public const string Operator = "operator";
    public const string Administrator = "administrator";

    public static readonly IReadOnlyList<string> All = [Guest, Operator, Administrator];

    private static readonly string[] GuestPermissions =
        [Permission.SignedIn, Permission.ReadFleet, Permission.ReadTransactions, Permission.ReadTags, Permission.ReadAlarms];

    private static readonly string[] OperatorPermissions =
    [
        .. GuestPermissions, Permission.Authorize, Permission.ReadCommands, Permission.SendCalls, Permission.ReadEvents, Permission.ReadFrames,
        Permission.ReadMetrics, Permission.AcknowledgeAlarms, Permission.SuppressAlarms,
    ];

    private static readonly string[] AdministratorPermissions =
    [
        .. OperatorPermissions, Permission.WriteFleet, Permission.WriteTags, Permission.SendAnyCall, Permission.ReplayFrames,
        Permission.ManageUsers, Permission.ManageApiKeys, Permission.ManageSettings, Permission.ReadAudit,
    ];

    /// <summary>
    /// What may be done at some sites and not at others. The rest is about all of a tenant (its tags, people and settings), so that who is
    /// let see some sites only has none of it, whatever the role.
    /// </summary>
    public static readonly IReadOnlySet<string> OfSites = new[]
    {
        Permission.SignedIn, Permission.ReadFleet, Permission.WriteFleet, Permission.ReadTransactions, Permission.Authorize, Permission.ReadCommands,
        Permission.SendCalls, Permission.SendAnyCall, Permission.ReadEvents, Permission.ReadFrames, Permission.ReplayFrames, Permission.ReadAlarms,
        Permission.AcknowledgeAlarms, Permission.SuppressAlarms,
    }.ToFrozenSet();

    /// <summary>What platform administrators may do beside what their role allows.</summary>
    public static readonly IReadOnlySet<string> Platform = new[] { Permission.ManageTenants }.ToFrozenSet();

    private static readonly FrozenDictionary<string, FrozenSet<string>> ByRole = new Dictionary<string, FrozenSet<string>>
    {
        [Guest] = GuestPermissions.ToFrozenSet(),
        [Operator] = OperatorPermissions.ToFrozenSet(),
        [Administrator] = AdministratorPermissions.ToFrozenSet(),
    }.ToFrozenDictionary();

    /// <summary>What a role of a tenant's own may be made of.</summary>
    public static IReadOnlySet<string> Grantable => ByRole[Administrator];

    /// <summary>What may be done with alarms by who has nothing else said of them. What the role does not permit at all stays closed.</summary>
    public static AlarmRights AlarmsOf(string role) => role switch
    {
        Administrator => AlarmRights.All,
        Guest => AlarmRights.Seeing,
        _ => AlarmRights.Working,
    };

    public static bool IsBuiltIn(string role) => ByRole.ContainsKey(role);

    /// <summary>What the role may do; nothing for a role that is none.</summary>
    public static IReadOnlySet<string> PermissionsOf(string role) =>
        ByRole.TryGetValue(role, out var permissions) ? permissions : FrozenSet<string>.Empty;
}
