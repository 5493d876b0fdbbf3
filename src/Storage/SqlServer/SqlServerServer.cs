using System.Collections.Immutable;
using System.Data.Common;
using EvCharge.Storage.Servers;
using Microsoft.Data.SqlClient;

namespace EvCharge.Storage.SqlServer;

/// <summary>SQL Server as Orleans uses it.</summary>
internal sealed class SqlServerServer : OrleansServer
{
    private const string QueryTable =
        """
        CREATE TABLE OrleansQuery (
            QueryKey nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL CONSTRAINT pk_orleans_query PRIMARY KEY,
            QueryText nvarchar(max) NOT NULL);
        """;

    public override string Invariant => "Microsoft.Data.SqlClient";

    /// <summary>Ends without an error also when it was refused as the victim of a deadlock: that is told apart by its answer.</summary>
    public override string TakeLock =>
        """
        DECLARE @granted int;
        EXEC @granted = sp_getapplock @Resource = N'evcharge-orleans-schema', @LockMode = N'Exclusive', @LockOwner = N'Transaction';
        IF @granted < 0 THROW 51205, N'The lock of the schema was not granted.', 1;
        """;

    public override string VersionTable =>
        """
        IF OBJECT_ID(N'orleans_schema', N'U') IS NULL
            CREATE TABLE orleans_schema (
                version int NOT NULL,
                only_row bit NOT NULL CONSTRAINT df_orleans_schema DEFAULT 1 CONSTRAINT pk_orleans_schema PRIMARY KEY,
                CONSTRAINT ck_orleans_schema CHECK (only_row = 1));
        """;

    public override string SetVersion =>
        """
        UPDATE orleans_schema SET version = @version;
        IF @@ROWCOUNT = 0 INSERT INTO orleans_schema (version) VALUES (@version);
        """;

    public override ImmutableArray<string> Tables =>
        [MembershipSql.Tables, GrainStateSql.Tables, ReminderSql.Versions, ReminderSql.Tables, QueryTable];

    public override string PutQuery =>
        """
        UPDATE OrleansQuery SET QueryText = @text WHERE QueryKey = @key;
        IF @@ROWCOUNT = 0 INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES (@key, @text);
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
        new SqlConnection(new SqlConnectionStringBuilder(address) { Pooling = false, ApplicationName = "evcharge-schema" }.ToString());

    protected override string Pool(string address, string name, int connections) => new SqlConnectionStringBuilder(address)
    {
        ApplicationName = name,
        MaxPoolSize = connections,
        MinPoolSize = 0,
    }.ToString();
}
