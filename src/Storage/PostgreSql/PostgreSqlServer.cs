using System.Collections.Immutable;
using System.Data.Common;
using EvCharge.Storage.Servers;
using Npgsql;

namespace EvCharge.Storage.PostgreSql;

/// <summary>PostgreSQL as Orleans uses it.</summary>
internal sealed class PostgreSqlServer : OrleansServer
{
    private const string QueryTable =
        """
        CREATE TABLE OrleansQuery (
            QueryKey text PRIMARY KEY,
            QueryText text NOT NULL);
        """;

    public override string Invariant => "Npgsql";

    /// <summary>Any number that nobody else in this database locks by: "evc" and "orl" as bytes.</summary>
    public override string TakeLock => "SELECT pg_advisory_xact_lock(x'6576636f726c'::bigint)";

    public override string VersionTable =>
        """
        CREATE TABLE IF NOT EXISTS orleans_schema (
            version integer NOT NULL,
            only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row))
        """;

    public override string SetVersion =>
        "INSERT INTO orleans_schema (version) VALUES (@version) ON CONFLICT (only_row) DO UPDATE SET version = excluded.version";

    public override ImmutableArray<string> Tables => [MembershipSql.Tables, GrainStateSql.Tables, ReminderSql.Tables, QueryTable];

    public override string PutQuery =>
        """
        INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES (@key, @text)
        ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText
        """;

    public override ImmutableArray<(string Key, string Text)> Queries { get; } =
    [
        ("InsertMembershipVersionKey", MembershipSql.InsertVersion),
        ("InsertMembershipKey", MembershipSql.Insert),
        ("UpdateMembershipKey", MembershipSql.Update),
        ("UpdateIAmAlivetimeKey", MembershipSql.SignOfLife),
        ("MembershipReadAllKey", MembershipSql.SelectAll),
        ("MembershipReadRowKey", MembershipSql.SelectOne),
        ("GatewaysQueryKey", MembershipSql.SelectGateways),
        ("CleanupDefunctSiloEntriesKey", MembershipSql.DeleteDead),
        ("CleanupDefunctSiloEntryKey", MembershipSql.DeleteDeadMember),
        ("DeleteMembershipTableEntriesKey", MembershipSql.DeleteCluster),
        ("ReadFromStorageKey", GrainStateSql.Select),
        ("WriteToStorageKey", GrainStateSql.Write),
        ("ClearStorageKey", GrainStateSql.Clear),
        ("DeleteStorageKey", GrainStateSql.Delete),
        ("UpsertReminderRowKey", ReminderSql.Upsert),
        ("ReadReminderRowKey", ReminderSql.SelectOne),
        ("ReadReminderRowsKey", ReminderSql.SelectOfGrain),
        ("ReadRangeRows1Key", ReminderSql.SelectRange),
        ("ReadRangeRows2Key", ReminderSql.SelectRangeOverTheEnd),
        ("DeleteReminderRowKey", ReminderSql.Delete),
        ("DeleteReminderRowsKey", ReminderSql.DeleteAll),
    ];

    public override DbConnection Once(string address) =>
        new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address) { Pooling = false, ApplicationName = "evcharge-schema" }.ToString());

    protected override string Pool(string address, string name, int connections) => new NpgsqlConnectionStringBuilder(address)
    {
        ApplicationName = name,
        MaxPoolSize = connections,
        MinPoolSize = 0,
    }.ToString();
}
