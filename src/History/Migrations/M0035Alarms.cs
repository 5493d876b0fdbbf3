using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>Alarms, what keeps them from being raised, and what users may do with them.</summary>
[Migration(35, "Alarms")]
public sealed class M0035Alarms(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("alarm").Key("tenant_id", types.Name).Key("id", types.Long)
            .Column("definition", types.Name)
            .Column("charger_id", types.Name)
            .Column("level", types.Integer)
            .Column("raised_at", types.Time)
            .Column("last_at", types.Time)
            .Column("occurrences", types.Integer)
            .Column("detail", types.Text)
            .Column("is_open", types.Flag)
            .Optional("acknowledged_at", types.Time)
            .Optional("acknowledged_by", types.Text)
            .Optional("comment", types.Text);
        Create.Index("ix_alarm_open").On("alarm", "tenant_id", "is_open", "definition", "charger_id");
        Create.Table("alarm_suppression").Key("tenant_id", types.Name).Key("id", types.Long)
            .Column("kind", types.Integer)
            .Column("definition", types.Name)
            .Column("charger_id", types.Name)
            .Column("levels", types.Integer)
            .Column("until", types.Time)
            .Column("reason", types.Text)
            .Column("set_by", types.Text)
            .Column("set_at", types.Time);
        foreach (var right in (string[])["display", "acknowledge", "mask", "maintenance"])
        {
            Alter.Table("user_account").AddColumn($"alarms_{right}").AsCustom(types.Integer).Nullable();
        }
    }
}
