using EvCharge.Storage.GroupCommit;

namespace EvCharge.Storage.Sqlite;

/// <summary>
/// SQLite in this process: savepoints are calls of functions, nobody else writes, and a disk that refuses does not come
/// back by waiting, so each failure stands.
/// </summary>
public sealed class SqliteDialect : CommitDialect
{
    public override IReadOnlyList<string> Begin { get; } = ["BEGIN IMMEDIATE"];

    public override IReadOnlyList<string> BeginAlone => Begin;

    public override string Commit => "COMMIT";

    public override bool SavepointsAreDear => false;

    public override FailureKind Judge(Exception failure) => FailureKind.Fault;
}
