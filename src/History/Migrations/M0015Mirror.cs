using EvCharge.History.Engines;
using FluentMigrator;
using FluentMigrator.Runner;

namespace EvCharge.History.Migrations;

/// <summary>
/// What an embedded history still owes its mirror. Triggers note it in the transaction that changes the record, so that
/// neither a crash nor a long outage of the mirror can lose it; without a mirror they do nothing.
/// </summary>
[Migration(15, "Mirror")]
public sealed class M0015Mirror(ColumnTypes types) : ForwardOnlyMigration
{
    private const string Note =
        """
         ON charging_transaction WHEN EXISTS (SELECT 1 FROM mirror_position)
        BEGIN
            INSERT INTO mirror_owed (tenant_id, transaction_id, changes) VALUES (new.tenant_id, new.id, 1)
            ON CONFLICT (tenant_id, transaction_id) DO UPDATE SET changes = changes + 1;
        END
        """;

    public override void Up()
    {
        Create.Table("mirror_position").Key("tenant_id", types.Name).Column("frame", types.Long);
        Create.Table("mirror_owed").Key("tenant_id", types.Name).Key("transaction_id", types.Long).Column("changes", types.Long);

        // One row for each transaction, however often it changes before the mirror has it.
        var sqlite = IfDatabase(ProcessorIdConstants.SQLite);
        sqlite.Execute.Sql("CREATE TRIGGER mirror_insert AFTER INSERT" + Note);
        sqlite.Execute.Sql("CREATE TRIGGER mirror_update AFTER UPDATE" + Note);
    }
}
