using System.Data;
using System.Data.Common;
using EvCharge.Storage.GroupCommit;
using Microsoft.Data.SqlClient;

namespace EvCharge.History.Engines;

/// <summary>SQL Server over a network: it may be away, and other processes write beside this one.</summary>
internal sealed class SqlServerDialect : CommitDialect
{
    /// <summary>Ours, thrown where a lock was refused since waiting for it would never have ended.</summary>
    private const int LockRefused = 51205;

    private const int Deadlock = 1205;

    /// <summary>The class from which on the server, or the driver in its place, has ended the connection.</summary>
    private const int Fatal = 20;

    /// <summary>The longest text, in characters, and octets that a parameter holds without being of unlimited size.</summary>
    private const int LongestText = 4_000;
    private const int LongestOctets = 8_000;

    /// <summary>
    /// A database that is not to be written for a while, by the server's numbers: a limit of time (-2), it starts, recovers
    /// or ends (596, 904, 921, 922, 927, 6005, 18401), it became a secondary (976, 978, 983, 3906), it cannot be opened yet
    /// (4060), or a hosted one is moved or short of resources (10928, 10929, 40197, 40501, 40540, 40613, 49918 to 49920).
    /// </summary>
    private static readonly HashSet<int> Away =
    [
        -2, 596, 904, 921, 922, 927, 976, 978, 983, 3906, 4060, 6005, 10928, 10929, 18401, 40197, 40501, 40540, 40613, 49918,
        49919, 49920,
    ];

    /// <summary>Batches share the lock of <see cref="BeginAlone"/>. A lock that is refused is no error by itself.</summary>
    public override IReadOnlyList<string> Begin { get; } =
    [
        """
        BEGIN TRANSACTION;
        DECLARE @granted int;
        EXEC @granted = sp_getapplock @Resource = N'evcharge-batch', @LockMode = N'Shared', @LockOwner = N'Transaction';
        IF @granted < 0 THROW 51205, N'The lock of the batches was not granted.', 1;
        """
    ];

    public override IReadOnlyList<string> BeginAlone { get; } =
    [
        """
        BEGIN TRANSACTION;
        DECLARE @granted int;
        EXEC @granted = sp_getapplock @Resource = N'evcharge-batch', @LockMode = N'Exclusive', @LockOwner = N'Transaction';
        IF @granted < 0 THROW 51205, N'The lock of the batches was not granted.', 1;
        """
    ];

    /// <summary>Fails when the transaction was ended by a fault, or can only be rolled back.</summary>
    public override string Commit => "COMMIT TRANSACTION";

    public override string Savepoint => "SAVE TRANSACTION item";

    public override string RollBackToSavepoint => "ROLLBACK TRANSACTION item";

    public override string? ReleaseSavepoint => null;

    public override bool SavepointsAreDear => true;

    /// <summary>Whether the connection is gone with the failure.</summary>
    public static bool EndsConnection(DbException failure) => failure is SqlException { Class: >= Fatal };

    public override FailureKind Judge(Exception failure) => failure switch
    {
        SqlException { Number: Deadlock or LockRefused } => FailureKind.Contention,
        SqlException server when EndsConnection(server) => FailureKind.Unreachable,
        SqlException server when Away.Contains(server.Number) => FailureKind.Unreachable,
        _ => FailureKind.Fault,
    };

    /// <summary>
    /// With sizes of the types and not of the values, or the server would keep a plan for each length of each text; and with
    /// moments to the millisecond, which the driver's own choice for them does not hold.
    /// </summary>
    public override void Bind(DbParameter parameter, object? value)
    {
        base.Bind(parameter, value);
        switch (value)
        {
            case DateTime:
                parameter.DbType = DbType.DateTime2;
                parameter.Scale = SqlServerMoments.Scale;
                break;
            case string text:
                parameter.Size = text.Length <= LongestText ? LongestText : -1;
                break;
            case byte[] octets:
                parameter.Size = octets.Length <= LongestOctets ? LongestOctets : -1;
                break;
        }
    }
}
