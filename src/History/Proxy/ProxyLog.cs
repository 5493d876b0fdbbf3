using EvCharge.Domain.Identity;
using EvCharge.History.Engines;
using EvCharge.History.Tables;
using LinqToDB;
using LinqToDB.Async;

namespace EvCharge.History.Proxy;

/// <summary>
/// What other systems are still to be told of chargers, in order, and under which numbers they know the transactions. Written
/// by the charger's grain before the charger is answered, taken by the grains of the links.
/// </summary>
public sealed class ProxyLog(HistoryEngine engine)
{
    /// <summary>Messages kept for a link, about; beyond them the oldest readings make room. Starts and stops always stay.</summary>
    public const int MostMessages = 10_000;

    /// <summary>Links that one question for those with something to tell names at most.</summary>
    public const int MostWaiting = 500;

    /// <summary>Readings after which it is looked whether there are too many.</summary>
    internal const int PruneEvery = 100;

    private const int MostProblem = 500;
    private const string Meters = nameof(ProxyMessageKind.MeterValues);
    private const string Status = nameof(ProxyMessageKind.StatusNotification);

    /// <summary>A charger that repeats the start of a transaction that is over for so long is not known any more.</summary>
    private static readonly TimeSpan KeptAfterStart = TimeSpan.FromDays(90);

    private int _readings;

    /// <summary>
    /// Keeps a message for each link. Of a transaction whose start a link was not told nothing is kept for it, nor a start or a
    /// stop a second time; of a connector's statuses the last one.
    /// </summary>
    public Task Add(ChargerId charger, IReadOnlyList<string> links, ProxyMessage message) => engine.Write(
        charger,
        write =>
        {
            foreach (var link in links)
            {
                Add(write, new ProxyLinkId(charger, link), message);
            }

            return links.Count;
        },
        rows: links.Count,
        bytes: links.Count * (256 + message.Payload.Length));

    /// <summary>The messages that come next.</summary>
    public Task<IReadOnlyList<QueuedMessage>> Next(ProxyLinkId link, int most) => engine.Read<IReadOnlyList<QueuedMessage>>(async tables =>
    {
        var rows = await Waiting(tables, link).OrderBy(row => row.RowId).Take(most).ToListAsync();
        return rows.ConvertAll(row =>
            new QueuedMessage(row.RowId, Enum.Parse<ProxyMessageKind>(row.Action), row.Payload, row.OcppId, row.Attempts));
    });

    public Task<ProxyBacklog> Backlog(ProxyLinkId link) => engine.Read(async tables =>
    {
        var waiting = await Waiting(tables, link).LongCountAsync();
        var oldest = waiting == 0 ? null : await Waiting(tables, link).OrderBy(row => row.RowId).Select(row => (DateTimeOffset?)row.ReceivedAt).FirstOrDefaultAsync();
        var parked = await Of(tables, link).Where(row => row.Parked).LongCountAsync();
        var problem = parked == 0 ? null : await Of(tables, link).Where(row => row.Parked).OrderByDescending(row => row.RowId).Select(row => row.Problem).FirstOrDefaultAsync();
        return new ProxyBacklog(waiting, parked, oldest, problem);
    });

    /// <summary>Links of a site's chargers for which something waits: after a restart nobody else may remember them.</summary>
    public Task<IReadOnlyList<ProxyLinkId>> FindWaiting(SiteId site) => engine.Read<IReadOnlyList<ProxyLinkId>>(async tables =>
    {
        var (tenant, name) = (site.Tenant.Value, site.IsNone ? null : site.Name);
        var links = from link in tables.ProxyLinks
                    join charger in tables.Chargers on new { link.TenantId, link.ChargerId } equals new { charger.TenantId, charger.ChargerId }
                    where link.TenantId == tenant && charger.SiteId == name && tables.ProxyMessages.Any(message =>
                        message.TenantId == tenant && message.ChargerId == link.ChargerId && message.LinkId == link.LinkId && !message.Parked)
                    select new { link.ChargerId, link.LinkId };
        return (await links.Take(MostWaiting).ToListAsync())
            .ConvertAll(link => new ProxyLinkId(new ChargerId(site.Tenant, link.ChargerId), link.LinkId));
    });

    /// <summary>The system has taken a message.</summary>
    public Task Delivered(ProxyLinkId link, long number) => engine.Write(write => Of(write.Tables, link).Where(row => row.RowId == number).Delete());

    /// <summary>The system has taken a start, and calls the transaction by a number of its own.</summary>
    public Task Started(ProxyLinkId link, long number, int transaction, int upstreamId) => engine.Write(write =>
    {
        Transactions(write.Tables, link)
            .Where(row => row.OcppId == transaction)
            .Set(row => row.UpstreamId, upstreamId)
            .Update();
        return Of(write.Tables, link).Where(row => row.RowId == number).Delete();
    });

    /// <summary>The system has refused a message.</summary>
    /// <param name="park">It is not sent again by itself.</param>
    public Task Refused(ProxyLinkId link, long number, string problem, bool park) => engine.Write(write => Of(write.Tables, link)
        .Where(row => row.RowId == number)
        .Set(row => row.Attempts, row => row.Attempts + 1)
        .Set(row => row.Parked, park)
        .Set(row => row.Problem, problem.Length <= MostProblem ? problem : problem[..MostProblem])
        .Update());

    /// <summary>What was parked is sent once more.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> Retry(ProxyLinkId link) => engine.Write(write => Of(write.Tables, link)
        .Where(row => row.Parked)
        .Set(row => row.Parked, false)
        .Set(row => row.Attempts, 0)
        .Update());

    /// <summary>What was parked is dropped.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> Drop(ProxyLinkId link) => engine.Write(write => Of(write.Tables, link).Where(row => row.Parked).Delete());

    /// <summary>The statuses that wait are old when the system is told anew how all connectors stand.</summary>
    public Task DropStatuses(ProxyLinkId link) =>
        engine.Write(write => Of(write.Tables, link).Where(row => row.Action == Status).Delete());

    /// <summary>What a system calls a transaction; null when it was not told of it, or has not answered.</summary>
    public Task<int?> UpstreamIdOf(ProxyLinkId link, int transaction) => engine.Read(tables => Transactions(tables, link)
        .Where(row => row.OcppId == transaction)
        .Select(row => row.UpstreamId)
        .FirstOrDefaultAsync());

    /// <summary>The number that the charger knows, of a transaction that runs; null for one that the system was not told of.</summary>
    public Task<int?> TransactionOf(ProxyLinkId link, int upstreamId) => engine.Read(tables => Transactions(tables, link)
        .Where(row => row.UpstreamId == upstreamId && !row.Stopped)
        .OrderByDescending(row => row.OcppId)
        .Select(row => (int?)row.OcppId)
        .FirstOrDefaultAsync());

    private void Add(HistoryWrite write, ProxyLinkId link, ProxyMessage message)
    {
        switch (message.Kind)
        {
            case ProxyMessageKind.StartTransaction when message.Transaction is not { } begun || !Begins(write.Tables, link, begun, message.ReceivedAt):
            case ProxyMessageKind.StopTransaction when message.Transaction is not { } ended || !Ends(write.Tables, link, ended):
                return;
            case ProxyMessageKind.StatusNotification:
                write.Post(ProxyStatements.DropStatus, [.. KeyOf(link), ("@action", Status), ("@connector", message.Connector)]);
                break;
            case ProxyMessageKind.MeterValues when Interlocked.Increment(ref _readings) % PruneEvery == 0:
                write.Post(ProxyStatements.DropOldest, [.. KeyOf(link), ("@action", Meters), ("@most", MostMessages)]);
                break;
        }

        var ofTransaction = message is { Kind: ProxyMessageKind.MeterValues, Transaction: not null };
        write.Post(
            ofTransaction ? ProxyStatements.AddOfTransaction : ProxyStatements.Add,
            [
                .. KeyOf(link),
                ("@action", message.Kind.ToString()),
                ("@connector", message.Connector),
                ("@transaction", message.Transaction),
                ("@payload", message.Payload.ToArray()),
                ("@received_at", write.Time(message.ReceivedAt)),
                ("@no", false),
            ]);
    }

    private static (string Name, object? Value)[] KeyOf(ProxyLinkId link) =>
        [("@tenant", link.Charger.Tenant.Value), ("@charger", link.Charger.Name), ("@link", link.Name)];

    /// <returns>False for a start that the link was told of.</returns>
    private static bool Begins(HistoryTables tables, ProxyLinkId link, int transaction, DateTimeOffset at)
    {
        if (Transactions(tables, link).Any(row => row.OcppId == transaction))
        {
            return false;
        }

        var old = at - KeptAfterStart;
        Transactions(tables, link).Where(row => row.Stopped && row.StartedAt < old).Delete();
        tables.Insert(new ProxyTransactionRow
        {
            TenantId = link.Charger.Tenant.Value,
            ChargerId = link.Charger.Name,
            LinkId = link.Name,
            OcppId = transaction,
            Stopped = false,
            StartedAt = at,
        });
        return true;
    }

    /// <returns>False for a transaction that the link was not told of, or whose end it was.</returns>
    private static bool Ends(HistoryTables tables, ProxyLinkId link, int transaction) =>
        Transactions(tables, link).Where(row => row.OcppId == transaction && !row.Stopped).Set(row => row.Stopped, true).Update() == 1;

    private static IQueryable<ProxyMessageRow> Waiting(HistoryTables tables, ProxyLinkId link) => Of(tables, link).Where(row => !row.Parked);

    private static IQueryable<ProxyMessageRow> Of(HistoryTables tables, ProxyLinkId link) => tables.ProxyMessages.Where(row =>
        row.TenantId == link.Charger.Tenant.Value && row.ChargerId == link.Charger.Name && row.LinkId == link.Name);

    private static IQueryable<ProxyTransactionRow> Transactions(HistoryTables tables, ProxyLinkId link) => tables.ProxyTransactions.Where(row =>
        row.TenantId == link.Charger.Tenant.Value && row.ChargerId == link.Charger.Name && row.LinkId == link.Name);
}
