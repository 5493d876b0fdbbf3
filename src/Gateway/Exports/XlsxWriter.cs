using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;

namespace EvCharge.Gateway.Exports;

/// <summary>
/// An Excel workbook (ECMA-376) written as it grows: texts are inline strings, never formulas, and no table of shared strings
/// has to be held; times are Excel's own in UTC. A table longer than a sheet goes on in the next one.
/// </summary>
/// <param name="mostRows">Rows of a sheet, the heading among them; Excel takes 1,048,576.</param>
internal sealed class XlsxWriter(PipeWriter output, int mostRows = XlsxWriter.MostRows) : ITableWriter
{
    private const int MostRows = 1_048_576;
    private const int MostCharacters = 32_767;
    private const int DeflateBytes = 16 * 1024;

    /// <summary>Excel counts days from here, with a leap day in 1900 that was none.</summary>
    private static readonly DateTimeOffset DayZero = new(1899, 12, 30, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _archive = new(new BufferStream(output), ZipArchiveMode.Create);
    private readonly ArrayBufferWriter<byte> _pending = new(DeflateBytes * 2);
    private Stream? _sheet;
    private Cell[] _heading = [];
    private int _sheets;
    private int _rows;

    /// <summary>The first row is the heading and stands on top of every sheet.</summary>
    public ValueTask Write(ReadOnlyMemory<Cell> row, CancellationToken cancel)
    {
        if (_sheets == 0)
        {
            _heading = row.ToArray();
            StartSheet();
        }
        else if (_rows == mostRows)
        {
            EndSheet();
            StartSheet();
            Append(_heading);
        }

        Append(row.Span);
        if (_pending.WrittenCount >= DeflateBytes)
        {
            Deflate();
        }

        return output.SendIfEnough(cancel);
    }

    public ValueTask Complete(CancellationToken cancel)
    {
        EndSheet();
        foreach (var (name, content) in XlsxParts.Of(_sheets))
        {
            using var part = _archive.CreateEntry(name, CompressionLevel.Fastest).Open();
            part.Write(Encoding.UTF8.GetBytes(content));
        }

        _archive.Dispose();
        return output.Send(cancel);
    }

    public void Dispose()
    {
        _sheet?.Dispose();
        _archive.Dispose();
    }

    private void StartSheet()
    {
        _sheets++;
        _rows = 0;
        _sheet = _archive.CreateEntry(XlsxParts.Sheet(_sheets), CompressionLevel.Fastest).Open();
        _pending.Write(XlsxParts.SheetStart);
    }

    private void EndSheet()
    {
        _pending.Write(XlsxParts.SheetEnd);
        Deflate();
        _sheet!.Dispose();
    }

    private void Deflate()
    {
        _sheet!.Write(_pending.WrittenSpan);
        _pending.ResetWrittenCount();
    }

    private void Append(ReadOnlySpan<Cell> row)
    {
        _rows++;
        _pending.Write("<row>"u8);
        foreach (var cell in row)
        {
            Append(cell);
        }

        _pending.Write("</row>"u8);
    }

    private void Append(Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Text:
                var text = cell.Text!.Length > MostCharacters ? cell.Text[..MostCharacters] : cell.Text;
                _pending.Write("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8);
                Encoding.UTF8.GetBytes(XlsxText.Escaped(text), _pending);
                _pending.Write("</t></is></c>"u8);
                break;
            case CellKind.Number:
                Append("<c><v>"u8, cell.Number);
                break;
            case CellKind.Flag:
                Append("<c t=\"b\"><v>"u8, cell.Number);
                break;
            case CellKind.Moment:
                Append("<c s=\"1\"><v>"u8, (cell.Moment - DayZero).TotalDays);
                break;
            default:
                _pending.Write("<c/>"u8);
                break;
        }
    }

    private void Append(ReadOnlySpan<byte> start, double number)
    {
        _pending.Write(start);
        Encoding.UTF8.GetBytes(number.ToString("R", CultureInfo.InvariantCulture), _pending);
        _pending.Write("</v></c>"u8);
    }
}
