using LinqToDB;

namespace EvCharge.History.Tables;

/// <summary>The order of keys as the database keeps it: by bytes, in no language.</summary>
internal static class KeyOrder
{
    [Sql.Expression("{0} > {1}", ServerSideOnly = true, IsPredicate = true, Precedence = LinqToDB.SqlQuery.Precedence.Comparison)]
    public static bool IsAfter(this string key, string other) =>
        throw new InvalidOperationException("Keys are ordered by the database.");
}
