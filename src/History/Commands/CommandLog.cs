using System.Collections.Concurrent;
using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Identifiers;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Commands;

/// <summary>The record of commands to chargers, written by the charger grains.</summary>
public sealed class CommandLog(HistoryEngine engine)
{
    private const string IdName = "command";

    /// <summary>A constant in the query, so that the index of open commands serves it.</summary>
    private const int LastOpen = (int)CommandStatus.Sent;

    private static readonly TimeSpan IdempotencyPeriod = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<TenantId, ReservedBlock<long>> _ids = new();

    /// <summary>
    /// Stores a new command. With an idempotency key that this charger's commands used within 24 h the earlier command is
    /// handed back and nothing is stored; so is a command whose id is stored already.
    /// </summary>
    public Task<CommandRecord> Insert(CommandRecord command) => engine.Write(
        write =>
        {
            if (command.IdempotencyKey is not null)
            {
                write.Alone(command.Charger.Tenant, $"command/{command.Charger.Name}");
            }

            if (FindEarlier(write.Tables, command) is { } earlier)
            {
                return earlier.ToRecord();
            }

            write.Tables.Insert(command.ToRow());
            return command;
        },
        bytes: 512 + command.Payload.Length);

    /// <summary>Stores how far the command has come. An id that is not stored is left alone.</summary>
    public Task Update(CommandRecord command)
    {
        var row = command.ToRow();
        return engine.Write(
            write => write.Post(
                CommandStatements.Update,
                ("@status", row.Status),
                ("@message_id", row.MessageId),
                ("@sent_at", write.Time(row.SentAt)),
                ("@ended_at", write.Time(row.EndedAt)),
                ("@result", row.Result),
                ("@error_code", row.ErrorCode),
                ("@error_description", row.ErrorDescription),
                ("@late", row.Late),
                ("@tenant", row.TenantId),
                ("@id", row.Id),
                ("@answered", (int)CommandStatus.Answered),
                ("@error", (int)CommandStatus.Error)),
            bytes: 512 + command.Result.Length);
    }

    /// <summary>The commands of a charger that are pending or sent, oldest first.</summary>
    public Task<IReadOnlyList<CommandRecord>> FindOpen(ChargerId charger) =>
        engine.Read<IReadOnlyList<CommandRecord>>(async tables =>
        {
            var rows = await OpenOf(tables, charger).ToListAsync();
            return rows.ConvertAll(row => row.ToRecord());
        });

    /// <summary>The newest command that was sent to the charger under that message id, or null.</summary>
    public Task<CommandRecord?> FindSent(ChargerId charger, string messageId) =>
        engine.Read<CommandRecord?>(async tables => (await tables.Commands
            .Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name && row.MessageId == messageId)
            .OrderByDescending(row => row.Id)
            .FirstOrDefaultAsync())?.ToRecord());

    /// <summary>A fresh id, unique in the tenant, from blocks that this process reserved.</summary>
    public async ValueTask<long> NextId(TenantId tenant)
    {
        var reserved = _ids.GetOrAdd(tenant, key => new ReservedBlock<long>(
            IdStatements.BlockSize, () => engine.Write(write => IdStatements.Reserve(write, key, IdName, IdStatements.BlockSize))));
        var (first, offset) = await reserved.Next();
        return first + offset;
    }

    /// <summary>Oldest first.</summary>
    internal static IQueryable<CommandRow> OpenOf(HistoryTables tables, ChargerId charger) =>
        tables.Commands
            .Where(row => row.TenantId == charger.Tenant.Value && row.ChargerId == charger.Name && row.Status <= LastOpen)
            .OrderBy(row => row.Id);

    private static CommandRow? FindEarlier(HistoryTables tables, CommandRecord command)
    {
        var (tenant, charger) = (command.Charger.Tenant.Value, command.Charger.Name);
        var since = command.RequestedAt - IdempotencyPeriod;
        return tables.Commands.FirstOrDefault(row => row.TenantId == tenant && row.Id == command.Id)
            ?? (command.IdempotencyKey is null ? null : tables.Commands
                .Where(row => row.TenantId == tenant
                    && row.ChargerId == charger
                    && row.IdempotencyKey == command.IdempotencyKey
                    && row.RequestedAt > since)
                .OrderBy(row => row.RequestedAt)
                .FirstOrDefault());
    }
}
