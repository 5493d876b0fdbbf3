using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>Who changed what, each entry chained to the one before.</summary>
[Migration(21, "Audit")]
public sealed class M0021Audit(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up() => Create.Table("audit").Key("tenant_id", types.Name).Key("number", types.Long)
        .Column("at", types.Time)
        .Column("author", types.Text)
        .Optional("address", types.Text)
        .Column("action", types.Text)
        .Column("target", types.Text)
        .Optional("before_change", types.Text)
        .Optional("after_change", types.Text)
        .Column("hash", types.Name);
}
