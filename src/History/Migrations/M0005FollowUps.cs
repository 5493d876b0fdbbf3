using EvCharge.History.Engines;
using FluentMigrator;

namespace EvCharge.History.Migrations;

/// <summary>What chargers report about commands after they answered them.</summary>
[Migration(5, "Follow-ups")]
public sealed class M0005FollowUps(ColumnTypes types) : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("command_follow_up").RowId()
            .Column("tenant_id", types.Name)
            .Column("command_id", types.Long)
            .Column("message_id", types.Key)
            .Column("status", types.Key)
            .Column("at", types.Time)
            .Column("action", types.Text)
            .Column("payload", types.Text);
        Create.Index("ux_command_follow_up")
            .On("command_follow_up", "tenant_id", "command_id", "message_id", "status")
            .WithOptions().Unique();
    }
}
