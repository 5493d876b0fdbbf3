using System.Text.RegularExpressions;
using EvCharge.Storage.GroupCommit;
using Npgsql;

namespace EvCharge.History.Engines;

/// <summary>PostgreSQL over a network: it may be away, and other processes write beside this one.</summary>
internal sealed partial class PostgreSqlDialect : CommitDialect
{
    /// <summary>The one code of the server that the driver has no name for.</summary>
    private const string IdleInTransactionSessionTimeout = "25P03";

    private const string ReadCommitted = "BEGIN ISOLATION LEVEL READ COMMITTED";

    /// <summary>
    /// What is looked up after a lock must be what is committed by then, whatever the database's own default. Batches share
    /// the lock of <see cref="BeginAlone"/>.
    /// </summary>
    public override IReadOnlyList<string> Begin { get; } = [ReadCommitted, "SELECT pg_advisory_xact_lock_shared(453169, 1)"];

    /// <summary>Any two numbers will do; they are the same in every version of the program.</summary>
    public override IReadOnlyList<string> BeginAlone { get; } = [ReadCommitted, "SELECT pg_advisory_xact_lock(453169, 1)"];

    /// <summary>COMMIT alone would answer a transaction that has failed with a rollback and no error.</summary>
    public override string Commit => "SELECT 1; COMMIT";

    public override bool SavepointsAreDear => true;

    public override bool SendsTogether => true;

    public override FailureKind Judge(Exception failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } => FailureKind.Contention,

        // After a fail-over the old address may be a standby for a while.
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => FailureKind.Unreachable,
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => FailureKind.Unreachable,

        // The server took this process for dead: it had stood still for too long.
        PostgresException { SqlState: IdleInTransactionSessionTimeout } => FailureKind.Unreachable,
        NpgsqlException { IsTransient: true } => FailureKind.Unreachable,
        _ => FailureKind.Fault,
    };

    /// <summary>What has names is read by the driver anew each time that it is run.</summary>
    public override string ByPlace(string sql, IList<string> names) => Name().Replace(sql, name =>
    {
        var place = names.IndexOf(name.Value);
        return place >= 0 ? $"${place + 1}" : throw new ArgumentException($"The statement has no value for {name.Value}: {sql}", nameof(names));
    });

    [GeneratedRegex("@[a-z_]+")]
    private static partial Regex Name();
}
