using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace EvCharge.Storage;

/// <summary>How the servers say that a table is not there.</summary>
public static class MissingTable
{
    /// <summary>The SQL standard's word, which PostgreSQL uses.</summary>
    private const string UndefinedTable = "42P01";

    /// <summary>SQL Server's own.</summary>
    private const int InvalidObjectName = 208;

    public static bool IsCauseOf(DbException failure) =>
        failure.SqlState == UndefinedTable || failure is SqlException { Number: InvalidObjectName };
}
