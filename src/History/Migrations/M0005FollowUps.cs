using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>What chargers report about commands after they answered them.</summary>
[Migration(5, "Follow-ups")]
public sealed class M0005FollowUps(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up() =>
        Create.Table("command_follow_up")
            .Key("tenant_id", types.Key).Key("command_id", types.Long)
            .Key("message_id", types.Key).Key("status", types.Key)
            .Column("at", types.Time)
            .Column("action", types.Text)
            .Column("payload", types.Text);
}
