using System.Collections.Immutable;

namespace EvCharge.Storage.PostgreSql;

/// <summary>
/// The statements that the ADO.NET providers of Orleans read from the table <c>OrleansQuery</c>, by the providers' names. A
/// name that is missing fails the start of a silo with a list of what is missing.
/// </summary>
internal static class OrleansQueries
{
    public const string Table =
        """
        CREATE TABLE OrleansQuery (
            QueryKey text PRIMARY KEY,
            QueryText text NOT NULL);
        """;

    public static readonly ImmutableArray<(string Key, string Text)> All =
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
}
