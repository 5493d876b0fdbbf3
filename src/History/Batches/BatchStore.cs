using EvCharge.Domain.Commands;
using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Identifiers;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;
using LinqToDB.Data;

namespace EvCharge.History.Batches;

/// <summary>Batches of commands: made and watched by operators, worked off by their grains.</summary>
public sealed class BatchStore(HistoryEngine engine)
{
    /// <summary>Chargers that one batch may have.</summary>
    public const int MostChargers = 10_000;

    private const string IdName = "batch";
    private static readonly TimeSpan IdempotencyPeriod = TimeSpan.FromHours(24);

    /// <summary>
    /// Stores a batch under a new id. With an idempotency key that a batch of the tenant used within 24 h that one is handed
    /// back and nothing is stored.
    /// </summary>
    public Task<Batch> Create(Batch batch, string? idempotencyKey, IReadOnlyList<string> chargers) => engine.Write(
        write =>
        {
            if (idempotencyKey is not null)
            {
                write.Alone(batch.Tenant, IdName);
                var since = batch.RequestedAt - IdempotencyPeriod;
                var earlier = write.Tables.Batches.FirstOrDefault(row =>
                    row.TenantId == batch.Tenant.Value && row.IdempotencyKey == idempotencyKey && row.RequestedAt > since);
                if (earlier is not null)
                {
                    return Read(earlier);
                }
            }

            var stored = batch with { Id = IdStatements.Reserve(write, batch.Tenant, IdName, 1) };
            write.Tables.Insert(Row(stored, idempotencyKey));
            write.Tables.BulkCopy(
                new BulkCopyOptions { BulkCopyType = BulkCopyType.MultipleRows },
                chargers.Select((charger, at) => new BatchItemRow
                {
                    TenantId = batch.Tenant.Value,
                    BatchId = stored.Id,
                    Number = at + 1,
                    ChargerId = charger,
                }));
            return stored;
        },
        rows: 1 + chargers.Count,
        bytes: 512 + batch.Payload.Length + (64 * chargers.Count));

    public Task<Batch?> Find(TenantId tenant, long id) => engine.Read<Batch?>(
        async tables => await tables.Batches.FirstOrDefaultAsync(row => row.TenantId == tenant.Value && row.Id == id) is { } row ? Read(row) : null);

    /// <summary>Newest first; <paramref name="before"/> is the last id seen.</summary>
    public Task<IReadOnlyList<Batch>> List(TenantId tenant, long? before, int limit) => engine.Read<IReadOnlyList<Batch>>(async tables =>
    {
        var bound = before ?? long.MaxValue;
        var rows = await tables.Batches
            .Where(row => row.TenantId == tenant.Value && row.Id < bound)
            .OrderByDescending(row => row.Id)
            .Take(limit)
            .ToListAsync();
        return rows.ConvertAll(Read);
    });

    /// <summary>The chargers of a batch in its order, those after that number, with how far each has come.</summary>
    public Task<IReadOnlyList<BatchItem>> Items(TenantId tenant, long batch, int after, int limit) =>
        engine.Read<IReadOnlyList<BatchItem>>(async tables =>
        {
            var items = await WithCommands(tables, tenant, batch)
                .Where(item => item.Number > after)
                .OrderBy(item => item.Number)
                .Take(limit)
                .ToListAsync();
            return items.ConvertAll(item => new BatchItem(item.Number, item.Charger, item.CommandId, (CommandStatus?)item.Status, item.Refusal));
        });

    public Task<BatchProgress> Progress(TenantId tenant, long batch) => engine.Read(async tables =>
    {
        var items = ItemsOf(tables, tenant, batch);
        var byStatus = await (
            from item in items
            from command in tables.Commands.InnerJoin(row => row.TenantId == tenant.Value && row.Id == item.CommandId)
            group command by command.Status into commands
            select new { Status = commands.Key, Count = commands.Count() }).ToListAsync();
        return new BatchProgress(
            await items.CountAsync(),
            await items.CountAsync(row => row.CommandId == null && row.Refusal == null),
            await items.CountAsync(row => row.Refusal != null),
            byStatus.ToDictionary(commands => (CommandStatus)commands.Status, commands => commands.Count));
    });

    /// <summary>The next chargers that were not given the command, in the order of the batch.</summary>
    public Task<IReadOnlyList<BatchItem>> Waiting(TenantId tenant, long batch, int limit) =>
        engine.Read<IReadOnlyList<BatchItem>>(async tables =>
        {
            var rows = await ItemsOf(tables, tenant, batch)
                .Where(row => row.CommandId == null && row.Refusal == null)
                .OrderBy(row => row.Number)
                .Take(limit)
                .ToListAsync();
            return rows.ConvertAll(row => new BatchItem(row.Number, row.ChargerId, null, null, null));
        });

    /// <summary>Stores what became of a charger of the batch.</summary>
    public Task Record(TenantId tenant, long batch, BatchItem item) => engine.Write(write =>
        ItemsOf(write.Tables, tenant, batch).Where(row => row.Number == item.Number)
            .Set(row => row.CommandId, item.CommandId)
            .Set(row => row.Refusal, item.Refusal)
            .Update());

    /// <summary>Ends a batch that runs.</summary>
    /// <returns>False when it did not run.</returns>
    public Task<bool> End(TenantId tenant, long id, BatchStatus status) => engine.Write(write =>
        write.Tables.Batches
            .Where(row => row.TenantId == tenant.Value && row.Id == id && row.Status == (int)BatchStatus.Running)
            .Set(row => row.Status, (int)status)
            .Update() > 0);

    private static IQueryable<BatchItemRow> ItemsOf(HistoryTables tables, TenantId tenant, long batch) =>
        tables.BatchItems.Where(row => row.TenantId == tenant.Value && row.BatchId == batch);

    private static IQueryable<ItemWithCommand> WithCommands(HistoryTables tables, TenantId tenant, long batch) =>
        from item in ItemsOf(tables, tenant, batch)
        from command in tables.Commands.LeftJoin(row => row.TenantId == tenant.Value && row.Id == item.CommandId)
        select new ItemWithCommand
        {
            Number = item.Number,
            Charger = item.ChargerId,
            CommandId = item.CommandId,
            Status = (int?)command.Status,
            Refusal = item.Refusal,
        };

    private static BatchRow Row(Batch batch, string? idempotencyKey) => new()
    {
        TenantId = batch.Tenant.Value,
        Id = batch.Id,
        Action = batch.Action,
        Payload = batch.Payload.ToArray(),
        RequestedBy = batch.RequestedBy,
        IdempotencyKey = idempotencyKey,
        RequestedAt = batch.RequestedAt,
        PerSecond = batch.PerSecond,
        Status = (int)batch.Status,
    };

    private static Batch Read(BatchRow row) => new(
        new TenantId(row.TenantId), row.Id, row.Action, row.Payload, row.RequestedBy, row.RequestedAt, row.PerSecond, (BatchStatus)row.Status);

    private sealed record ItemWithCommand
    {
        public int Number { get; init; }
        public required string Charger { get; init; }
        public long? CommandId { get; init; }
        public int? Status { get; init; }
        public string? Refusal { get; init; }
    }
}
