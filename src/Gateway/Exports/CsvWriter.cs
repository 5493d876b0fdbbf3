using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace EvCharge.Gateway.Exports;

/// <summary>
/// CSV by RFC 4180 in UTF-8: commas, CRLF, quotes where they are needed; times as ISO 8601 in UTC, numbers with a point.
/// Text that a spreadsheet would take for a formula is led by an apostrophe; numbers are written by us and stay numbers.
/// </summary>
internal sealed class CsvWriter(PipeWriter output, bool byteOrderMark = false) : ITableWriter
{
    private bool _begun;

    public ValueTask Write(ReadOnlyMemory<Cell> row, CancellationToken cancel)
    {
        if (!_begun)
        {
            _begun = true;
            output.Write(byteOrderMark ? Encoding.UTF8.Preamble : default);
        }

        for (var at = 0; at < row.Length; at++)
        {
            output.Write(at == 0 ? default : ","u8);
            Encoding.UTF8.GetBytes(Field(row.Span[at]), output);
        }

        output.Write("\r\n"u8);
        return output.SendIfEnough(cancel);
    }

    public ValueTask Complete(CancellationToken cancel) => output.Send(cancel);

    public void Dispose()
    {
        // The pipe belongs to whoever gave it.
    }

    private static string Field(Cell cell) => cell.Kind switch
    {
        CellKind.Text => CsvText.Write(cell.Text!),
        CellKind.Number => cell.Number.ToString("R", CultureInfo.InvariantCulture),
        CellKind.Flag => cell.Number != 0 ? "true" : "false",
        CellKind.Moment => cell.Moment.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        _ => "",
    };
}
