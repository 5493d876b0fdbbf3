using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Tables;
using EvCharge.Storage;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Commands;

/// <summary>The record of what chargers report about commands, written by the charger grains.</summary>
public sealed class FollowUpLog(HistoryEngine engine)
{
    /// <summary>Reports kept for one command: a charger that reports without end must not fill the disk.</summary>
    public const int MostReports = 100;

    /// <summary>Stores a report once; one more than <see cref="MostReports"/> is left out.</summary>
    public Task Record(TenantId tenant, long commandId, FollowUp report) => engine.Write(
        write =>
        {
            var status = StorableValue.Key(report.Status);
            var known = write.Tables.FollowUps.Where(row => row.TenantId == tenant.Value && row.CommandId == commandId);
            if (known.Any(row => row.MessageId == report.MessageId && row.Status == status) || known.Count() >= MostReports)
            {
                return 0;
            }

            return write.Tables.Insert(new FollowUpRow
            {
                TenantId = tenant.Value,
                CommandId = commandId,
                MessageId = report.MessageId,
                At = report.At,
                Action = report.Action,
                Status = status,
                Payload = report.Payload,
            });
        },
        bytes: 256 + report.Payload.Length);

    /// <summary>The newest commands of that action that were sent to the charger since that moment, newest first.</summary>
    public Task<IReadOnlyList<CommandRecord>> FindSent(ChargerId charger, string action, DateTimeOffset since, int most) =>
        engine.Read<IReadOnlyList<CommandRecord>>(async tables =>
        {
            var rows = await tables.Commands
                .Where(row => row.TenantId == charger.Tenant.Value
                    && row.ChargerId == charger.Name
                    && row.Action == action
                    && row.SentAt >= since)
                .OrderByDescending(row => row.Id)
                .Take(most)
                .ToListAsync();
            return rows.ConvertAll(row => row.ToRecord());
        });

    /// <summary>The reports on a command, oldest first.</summary>
    public Task<IReadOnlyList<FollowUp>> Of(TenantId tenant, long commandId) =>
        engine.Read<IReadOnlyList<FollowUp>>(async tables =>
        {
            var rows = await tables.FollowUps
                .Where(row => row.TenantId == tenant.Value && row.CommandId == commandId)
                .OrderBy(row => row.At)
                .ThenBy(row => row.MessageId)
                .ToListAsync();
            return rows.ConvertAll(row => new FollowUp(row.MessageId, row.At, row.Action, row.Status, row.Payload));
        });
}
