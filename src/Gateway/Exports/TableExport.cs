using EvCharge.Gateway.Api;

namespace EvCharge.Gateway.Exports;

internal enum ExportFormat
{
    Csv,
    Xlsx,
}

/// <summary>
/// A table as a download, written while it is read. What goes wrong before the first row is answered as a refusal; later the
/// connection is cut, so that half a table cannot be taken for a whole one.
/// </summary>
/// <param name="name">Of the file, without its ending.</param>
internal sealed class TableExport<T>(
    string name, ExportFormat format, ExportRequest request, IReadOnlyList<Column<T>> columns, IAsyncEnumerable<T> rows) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var french = request.InFrench(httpContext.Request);
        var cancel = httpContext.RequestAborted;
        var cells = new Cell[columns.Count];
        ITableWriter? writer = null;
        var whole = false;
        try
        {
            await foreach (var row in rows.WithCancellation(cancel))
            {
                writer ??= await Begin(httpContext, french, cancel);
                for (var at = 0; at < cells.Length; at++)
                {
                    cells[at] = columns[at].Value(row);
                }

                await writer.Write(cells, cancel);
            }

            writer ??= await Begin(httpContext, french, cancel);
            await writer.Complete(cancel);
            whole = true;
        }
        finally
        {
            if (writer is not null && !whole)
            {
                httpContext.Abort();
            }

            writer?.Dispose();
        }
    }

    private async Task<ITableWriter> Begin(HttpContext http, bool french, CancellationToken cancel)
    {
        var (ending, contentType) = format == ExportFormat.Csv
            ? ("csv", ExportMediaTypes.Csv)
            : ("xlsx", ExportMediaTypes.Xlsx);
        http.Response.ContentType = contentType;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.{ending}\"";
        ITableWriter writer = format == ExportFormat.Csv
            ? new CsvWriter(http.Response.BodyWriter, request.Bom ?? false)
            : new XlsxWriter(http.Response.BodyWriter);
        await writer.Write(columns.Select(column => (Cell)(french ? column.French : column.English)).ToArray(), cancel);
        return writer;
    }
}

internal static class ExportMediaTypes
{
    public const string Csv = "text/csv; charset=utf-8";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}
