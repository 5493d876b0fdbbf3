using System.Globalization;
using System.Runtime.CompilerServices;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Sessions;
using EvCharge.Gateway.Exports;
using EvCharge.Gateway.Security;
using EvCharge.History.Queries;

namespace EvCharge.Gateway.Api;

/// <summary>Transactions and their samples as files for spreadsheets, in the order and with the filters of the lists.</summary>
internal static class ExportsApi
{
    public static void MapExports(this IEndpointRouteBuilder api)
    {
        Map(api, ExportFormat.Csv, "csv", "Csv", ExportMediaTypes.Csv);
        Map(api, ExportFormat.Xlsx, "xlsx", "Xlsx", ExportMediaTypes.Xlsx);
    }

    private static void Map(IEndpointRouteBuilder api, ExportFormat format, string ending, string suffix, string contentType)
    {
        api.MapGet($"/transactions.{ending}", (
                Caller caller, [AsParameters] TransactionSearch search, [AsParameters] ExportRequest export, TransactionQueries transactions) =>
                Transactions(format, caller, search.Filter(), export, transactions))
            .Describe("exportTransactions" + suffix, "Transactions as a file, newest start first", contentType);
        api.MapGet($"/meter-values.{ending}", (
                Caller caller, [AsParameters] TransactionSearch search, [AsParameters] ExportRequest export, TransactionQueries transactions) =>
                MeterValues(format, "meter-values", transactions.All(caller.Scope, search.Filter()), export, transactions))
            .Describe("exportAllMeterValues" + suffix, "Samples of transactions as a file, of the newest start first", contentType);
        api.MapGet($"/transactions/{{id:long}}/meter-values.{ending}", async (
                Caller caller, long id, [AsParameters] ExportRequest export, TransactionQueries transactions) =>
                MeterValues(format, Name(id), One(await Find(caller.Scope, id, transactions)), export, transactions))
            .Describe("exportMeterValues" + suffix, "Samples of a transaction as a file, in order of receipt", contentType);
    }

    private static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string name, string summary, string contentType) =>
        endpoint.RequirePermission(Permission.ReadTransactions).NarrowedToSites().WithTags("Exports").WithName(name).WithSummary(summary)
            .Produces<string>(StatusCodes.Status200OK, contentType);

    private static TableExport<TransactionView> Transactions(
        ExportFormat format, Caller caller, TransactionFilter filter, ExportRequest export, TransactionQueries transactions) =>
        new("transactions", format, export, TransactionColumns.All, transactions.All(caller.Scope, filter).Select(TransactionView.Of));

    private static TableExport<(Transaction, SampleView)> MeterValues(
        ExportFormat format, string name, IAsyncEnumerable<Transaction> of, ExportRequest export, TransactionQueries transactions) =>
        new(name, format, export, MeterValueColumns.All, Samples(of, transactions));

    private static async IAsyncEnumerable<(Transaction, SampleView)> Samples(
        IAsyncEnumerable<Transaction> of, TransactionQueries transactions, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (var transaction in of.WithCancellation(cancel))
        {
            await foreach (var frame in transactions.AllMeterFrames(transaction.Connector.Charger.Tenant, transaction.Id, cancel))
            {
                foreach (var sample in frame.Samples)
                {
                    yield return (transaction, SampleView.Of(sample));
                }
            }
        }
    }

    private static async Task<Transaction> Find(SiteScope scope, long id, TransactionQueries transactions) =>
        await transactions.Find(scope, id) ?? throw TransactionsApi.NoSuchTransaction();

    private static IAsyncEnumerable<Transaction> One(Transaction transaction) => new[] { transaction }.ToAsyncEnumerable();

    private static string Name(long id) => string.Create(CultureInfo.InvariantCulture, $"transaction-{id}-meter-values");
}
