using EvCharge.Storage.GroupCommit;
using EvCharge.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EvCharge.HistoryTests.Storage;

/// <summary>SQLite over a line that breaks after a commit and before its answer.</summary>
internal sealed class ForgetfulDialect : CommitDialect
{
    private const int SqliteError = 1;
    private readonly SqliteDialect _sound = new();

    public int AnswersToLose { get; set; }

    public override IReadOnlyList<string> Begin => _sound.Begin;

    public override IReadOnlyList<string> BeginAlone => _sound.BeginAlone;

    public override string Commit => AnswersToLose-- > 0 ? "COMMIT; SELECT * FROM nowhere" : _sound.Commit;

    public override bool SavepointsAreDear => true;

    public override FailureKind Judge(Exception failure) =>
        failure is SqliteException { SqliteErrorCode: SqliteError } ? FailureKind.Unreachable : _sound.Judge(failure);
}
