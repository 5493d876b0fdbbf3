using EvCharge.Storage.GroupCommit;
using Npgsql;

namespace EvCharge.History.Engines;

/// <summary>PostgreSQL over a network: it may be away, and other processes write beside this one.</summary>
internal sealed class PostgreSqlDialect : CommitDialect
{
    public override string Begin => "BEGIN";

    /// <summary>COMMIT alone would answer a transaction that has failed with a rollback and no error.</summary>
    public override string Commit => "SELECT 1; COMMIT";

    public override bool SavepointsAreDear => true;

    public override FailureKind Judge(Exception failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } => FailureKind.Contention,

        // After a fail-over the old address may be a standby for a while.
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => FailureKind.Unreachable,
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => FailureKind.Unreachable,
        NpgsqlException { IsTransient: true } => FailureKind.Unreachable,
        _ => FailureKind.Fault,
    };
}
