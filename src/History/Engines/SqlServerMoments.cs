using System.Data;
using System.Data.Common;
using LinqToDB.Interceptors;

namespace EvCharge.History.Engines;

/// <summary>
/// Gives moments among the parameters of a query the scale of their columns: compared with another one, the server would
/// convert before it looks into an index.
/// </summary>
internal sealed class SqlServerMoments : CommandInterceptor
{
    /// <summary>Digits of a second's fraction.</summary>
    public const byte Scale = 3;

    public override DbCommand CommandInitialized(CommandEventData eventData, DbCommand command)
    {
        foreach (DbParameter parameter in command.Parameters)
        {
            if (parameter.DbType == DbType.DateTime2)
            {
                parameter.Scale = Scale;
            }
        }

        return command;
    }
}
