using System.Globalization;
using EvCharge.Domain.Sessions;
using EvCharge.Gateway.Security;
using EvCharge.History.Queries;

namespace EvCharge.Gateway.Api;

/// <summary>Charging transactions, newest first.</summary>
internal static class TransactionsApi
{
    private const string List = "transactions";

    public static void MapTransactions(this IEndpointRouteBuilder api)
    {
        var transactions = api.MapGroup("/transactions").WithTags("Transactions");
        transactions.MapGet("", Page).RequirePermission(Permission.ReadTransactions).NarrowedToSites()
            .WithName("listTransactions").WithSummary("Transactions, newest start first");
        transactions.MapGet("/{id:long}", Get).RequirePermission(Permission.ReadTransactions).NarrowedToSites()
            .WithName("getTransaction").WithSummary("One transaction");
    }

    private static async Task<Page<TransactionView>> Page(
        Caller caller,
        [AsParameters] TransactionSearch search,
        [AsParameters] PageRequest page,
        TransactionQueries transactions)
    {
        var filter = search.Filter();
        return await page.Read(
            List,
            (after, limit) => transactions.List(caller.Scope, filter, ReadCursor(after), limit),
            row => string.Create(CultureInfo.InvariantCulture, $"{row.StartedAt.UtcTicks} {row.Id}"),
            TransactionView.Of);
    }

    private static async Task<TransactionView> Get(Caller caller, long id, TransactionQueries transactions) =>
        TransactionView.Of(await transactions.Find(caller.Scope, id) ?? throw NoSuchTransaction());

    internal static ApiFault NoSuchTransaction() => ApiFault.NotFound("There is no such transaction.");

    /// <summary>The checksum has shown that the text is ours.</summary>
    private static TransactionCursor? ReadCursor(string? key)
    {
        if (key?.Split(' ') is not [var ticks, var id])
        {
            return null;
        }

        return new TransactionCursor(
            new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero),
            long.Parse(id, CultureInfo.InvariantCulture));
    }
}

/// <summary>Members left out do not filter; <c>from</c> and <c>to</c> are half-open, on the start.</summary>
public readonly record struct TransactionSearch(
    string? Charger,
    int? Connector,
    string? IdTag,
    string? Vehicle,
    string? Site,
    DateTimeOffset? From,
    DateTimeOffset? To,
    bool? Active)
{
    private const int MaxLength = 255;

    /// <exception cref="ApiFault">400 for what can match nothing because of its form.</exception>
    internal TransactionFilter Filter()
    {
        Check("charger", Charger);
        Check("idTag", IdTag);
        Check("vehicle", Vehicle);
        Check("site", Site);
        return To < From
            ? throw ApiFault.BadRequest("to", "is before from")
            : new TransactionFilter(
                Charger, Connector, IdTag, Vehicle, Site, From?.ToUniversalTime(), To?.ToUniversalTime(), Active);
    }

    private static void Check(string field, string? text)
    {
        if (text is { Length: 0 or > MaxLength })
        {
            throw ApiFault.BadRequest(field, $"must be 1 to {MaxLength} characters");
        }
    }
}

/// <summary>A transaction: energies in Wh, power in W, state of charge in %, times in UTC.</summary>
/// <param name="Id">Public id, unique in the tenant.</param>
/// <param name="OcppId">The transactionId that the charger knows.</param>
/// <param name="Site">The charger's site when the transaction started; null when it had none.</param>
/// <param name="IdTag">Empty when the charger sent none.</param>
/// <param name="Active">True until it is stopped.</param>
/// <param name="EnergyWh">Charged so far, or in total.</param>
/// <param name="ClosedBySystem">The end is the system's own, provisional until the charger sends one.</param>
/// <param name="Flags">What was odd about it.</param>
public sealed record TransactionView(
    long Id,
    int OcppId,
    string Charger,
    int Connector,
    string? Site,
    string IdTag,
    string? Vehicle,
    bool Active,
    DateTimeOffset StartedAt,
    DateTimeOffset? StoppedAt,
    double MeterStart,
    double? MeterStop,
    double EnergyWh,
    double? PowerW,
    double? Soc,
    string? StopReason,
    bool ClosedBySystem,
    DateTimeOffset? LastSampleAt,
    string OcppVersion,
    IReadOnlyList<string> Flags)
{
    internal static TransactionView Of(Transaction transaction) => new(
        transaction.Id,
        transaction.OcppId,
        transaction.Connector.Charger.Name,
        transaction.Connector.Number,
        transaction.Site.Length == 0 ? null : transaction.Site,
        transaction.IdTag.Value,
        transaction.Vehicle,
        transaction.Active,
        transaction.StartedAt,
        transaction.StoppedAt,
        transaction.MeterStart,
        transaction.MeterStop,
        transaction.EnergyWh,
        transaction.PowerW,
        transaction.Soc,
        transaction.StopReason,
        transaction.ClosedBySystem,
        transaction.LastSampleAt,
        transaction.OcppVersion,
        Flagged(transaction.Flags));

    private static string[] Flagged(TransactionFlags flags) =>
        [.. Enum.GetValues<TransactionFlags>()
            .Where(flag => flag != TransactionFlags.None && flags.HasFlag(flag))
            .Select(flag => Words.Of(flag))];
}
