namespace EvCharge.Gateway.Security;

/// <summary>What an endpoint may ask of its caller; each endpoint declares exactly one. Roles map to sets of them.</summary>
public static class Permission
{
    /// <summary>Held by everybody who is signed in.</summary>
    public const string SignedIn = "signed-in";

    public const string ReadFleet = "fleet.read";
    public const string WriteFleet = "fleet.write";
    public const string ReadTransactions = "transactions.read";
    public const string ReadTags = "tags.read";
    public const string WriteTags = "tags.write";

    /// <summary>Answer tags by hand, and decide for a while who else does.</summary>
    public const string Authorize = "tags.authorize";
    public const string ReadCommands = "commands.read";

    /// <summary>Send the OCPP operations of daily work; the others need <see cref="SendAnyCall"/>.</summary>
    public const string SendCalls = "calls.send";
    public const string SendAnyCall = "calls.send-any";
    /// <summary>See the messages of chargers as they went over the wire.</summary>
    public const string ReadFrames = "frames.read";

    /// <summary>Run a charger's messages through the rules once more.</summary>
    public const string ReplayFrames = "frames.replay";
    public const string ReadEvents = "events.read";
    public const string ReadAlarms = "alarms.read";

    /// <summary>As far as the caller's <see cref="Caller.Alarms"/> allow, by level; so for the next.</summary>
    public const string AcknowledgeAlarms = "alarms.acknowledge";

    /// <summary>Keep alarms from being raised for a while.</summary>
    public const string SuppressAlarms = "alarms.suppress";
    public const string ManageUsers = "users.manage";
    public const string ManageApiKeys = "api-keys.manage";
    public const string ManageSettings = "settings.manage";

    /// <summary>See who changed and commanded what.</summary>
    public const string ReadAudit = "audit.read";

    /// <summary>Create, suspend, export and delete tenants: for platform administrators, whatever their role.</summary>
    public const string ManageTenants = "tenants.manage";

    /// <summary>Read the metrics of the process; a caller on the machine itself needs no permission for it.</summary>
    public const string ReadMetrics = "metrics.read";
}
