using System.Text;
using System.Text.Json;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Exports;
using EvCharge.History.Configuration;

namespace EvCharge.Gateway.Api;

/// <summary>
/// The body of an import: a table, or one JSON object a line. Every line is looked at, so that one answer names all that is
/// wrong, by its line in the file.
/// </summary>
internal sealed class TagFile(JsonSerializerOptions json)
{
    public const string Csv = "text/csv";
    public const string Ndjson = "application/x-ndjson";
    public const int MaxBytes = 8 * 1024 * 1024;
    public const int MaxTags = 5_000;
    private const int MaxErrors = 100;
    private const int MaxCell = 8_192;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);
    private readonly List<TagConfiguration> _tags = [];

    public IReadOnlyList<TagConfiguration> Tags => _tags;

    /// <exception cref="ApiFault">400 for what is no text, 415 for another media type, 422 naming lines and members.</exception>
    public async Task Read(HttpRequest request)
    {
        var mediaType = request.ContentType?.Split(';')[0].Trim();
        if (mediaType is not (Csv or Ndjson))
        {
            throw new ApiFault(StatusCodes.Status415UnsupportedMediaType, "media-type", $"The body must be {Csv} or {Ndjson}.");
        }

        using var reader = new StreamReader(request.Body, Utf8);
        try
        {
            // As a whole, so that no thread waits for the network in the middle of a line.
            using var text = new StringReader(await reader.ReadToEndAsync(request.HttpContext.RequestAborted));
            (mediaType == Csv ? (Action<TextReader>)ReadTable : ReadLines)(text);
        }
        catch (DecoderFallbackException)
        {
            throw new ApiFault(StatusCodes.Status400BadRequest, "malformed", "The body is not text in UTF-8.");
        }

        ThrowIfAny();
    }

    /// <summary>Says of the tag's line what was found out only later.</summary>
    public void Refuse(TagConfiguration tag, string field, string rule) => Note(_lines[new IdTag(tag.IdTag).Key], field, rule);

    /// <exception cref="ApiFault">422 when a line is at fault.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
        {
            throw ApiFault.Invalid(_errors);
        }
    }

    private void ReadTable(TextReader text)
    {
        var table = new CsvReader(text, MaxCell);
        try
        {
            if (table.Header() is not { } header || !header.Contains("idTag"))
            {
                Note(1, "", "must name the column idTag, and may name " + string.Join(", ", TagTable.Names.Skip(1)));
                return;
            }

            var odd = header.FirstOrDefault(column => !TagTable.Names.Contains(column)) ?? header.FirstOrDefault(name => header.Count(name.Equals) > 1);
            if (odd is not null)
            {
                Note(1, odd, "is no column of a tag, or named twice");
                return;
            }

            while (table.Next() is { } row && HasRoom(table.Line))
            {
                Take(table.Line, () => TagTable.Read(header, row));
            }
        }
        catch (FormatException broken)
        {
            Note(table.Line, "", broken.Message);
        }
    }

    private void ReadLines(TextReader text)
    {
        for (var number = 1; text.ReadLine() is { } line && HasRoom(number); number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                Take(number, () => Parse(line));
            }
        }
    }

    private TagInput Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<TagInput>(line, json) ?? throw ApiFault.Invalid("", "must be an object");
        }
        catch (JsonException odd)
        {
            throw JsonFault.Of(odd)!;
        }
    }

    private bool HasRoom(int line)
    {
        if (_lines.Count == MaxTags)
        {
            Note(line, "", $"is beyond the {MaxTags} tags of one import");
        }

        return _lines.Count < MaxTags && _errors.Count < MaxErrors;
    }

    private void Take(int line, Func<TagInput> read)
    {
        try
        {
            var input = read();
            if (!Ids.IsPrintable(input.IdTag, IdTag.MaxLength))
            {
                Note(line, "idTag", $"must be 1 to {IdTag.MaxLength} printable characters");
                return;
            }

            var id = new IdTag(input.IdTag!);
            if (!_lines.TryAdd(id.Key, line))
            {
                Note(line, "idTag", $"is on line {_lines[id.Key]} already");
                return;
            }

            _tags.Add(input.Checked(id));
        }
        catch (ApiFault fault)
        {
            foreach (var (field, rules) in fault.Errors ?? new Dictionary<string, string[]> { [""] = [fault.Message] })
            {
                Note(line, field, rules[0]);
            }
        }
    }

    private void Note(int line, string field, string rule)
    {
        if (_errors.Count < MaxErrors)
        {
            _errors.TryAdd(field.Length == 0 ? $"lines[{line}]" : $"lines[{line}].{field}", [rule]);
        }
    }
}
