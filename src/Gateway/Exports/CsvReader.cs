using System.Text;

namespace EvCharge.Gateway.Exports;

/// <summary>
/// Reads a table of text (RFC 4180) row by row, with commas or, where the first line has only these, with semicolons between
/// the cells, as spreadsheets of half of Europe write them.
/// </summary>
/// <param name="maxCell">Longest cell in characters.</param>
internal sealed class CsvReader(TextReader text, int maxCell)
{
    private readonly StringBuilder _cell = new();
    private char _separator = ',';
    private int _line = 1;

    /// <summary>The line on which the row last read began, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The next row that is not empty, or null at the end.</summary>
    /// <exception cref="FormatException">What comes is no row.</exception>
    public IReadOnlyList<string>? Next()
    {
        while (text.Peek() >= 0)
        {
            Line = _line;
            var row = Row();
            if (row is not [""])
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>Reads the first row, which names the columns and shows what stands between the cells.</summary>
    /// <exception cref="FormatException">What comes is no row.</exception>
    public IReadOnlyList<string>? Header()
    {
        _separator = '\0';
        return Next();
    }

    private List<string> Row()
    {
        var cells = new List<string>();
        while (true)
        {
            cells.Add(text.Peek() == '"' ? QuotedCell() : PlainCell());
            var end = text.Read();
            if (end is '\r' && text.Peek() == '\n')
            {
                text.Read();
            }

            if (end is '\r' or '\n' or < 0)
            {
                _line++;
                _separator = _separator == '\0' ? ',' : _separator;
                return cells;
            }

            if (!IsSeparator((char)end))
            {
                throw new FormatException("has text behind a closing quote");
            }
        }
    }

    private string PlainCell()
    {
        _cell.Clear();
        while (text.Peek() is >= 0 and not ('\r' or '\n') and var next && !IsSeparator((char)next))
        {
            Append((char)text.Read());
        }

        return _cell.ToString();
    }

    private string QuotedCell()
    {
        _cell.Clear();
        text.Read();
        while (true)
        {
            var next = text.Read();
            if (next < 0)
            {
                throw new FormatException("opens a quote that nothing closes");
            }

            if (next == '"' && text.Peek() != '"')
            {
                return _cell.ToString();
            }

            if (next == '"')
            {
                text.Read();
            }

            _line += next == '\n' ? 1 : 0;
            Append((char)next);
        }
    }

    /// <summary>The first separator that the header shows is that of the whole table.</summary>
    private bool IsSeparator(char next)
    {
        if (_separator == '\0' && next is ',' or ';')
        {
            _separator = next;
        }

        return next == _separator;
    }

    private void Append(char next)
    {
        if (_cell.Length == maxCell)
        {
            throw new FormatException($"has a cell of more than {maxCell} characters");
        }

        _cell.Append(next);
    }
}
