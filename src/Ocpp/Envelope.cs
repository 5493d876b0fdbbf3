using System.Text;
using System.Text.Json;

namespace EvCharge.Ocpp;

/// <summary>One envelope being read, element by element; what is known of it when it breaks off is not lost.</summary>
internal ref struct Envelope(ReadOnlyMemory<byte> json)
{
    private const int LongestWord = 255;

    private static readonly ReadOnlyMemory<byte> EmptyObject = "{}"u8.ToArray();

    private Utf8JsonReader reader = new(
        json.Span, new JsonReaderOptions { MaxDepth = Payload.MaxDepth, AllowTrailingCommas = true });

    private string? _messageId;
    private FrameKind? _kind;

    private readonly bool AtEnd => reader is { TokenType: JsonTokenType.EndArray, CurrentDepth: 0 };

    public FrameRead Read()
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return Fault(ErrorCode.FormationViolation, "an array is wanted");
        }

        reader.Read();
        _kind = Kind();
        if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject or JsonTokenType.EndArray)
        {
            return Fault(ErrorCode.FormationViolation, "a message type is wanted");
        }

        reader.Read();
        _messageId = MessageId();
        return _messageId is null ? Fault(ErrorCode.FormationViolation, "a message id is wanted")
            : _kind switch
            {
                FrameKind.Call => Call(),
                FrameKind.CallResult => Result(),
                FrameKind.CallError => Error(),
                _ => Fault(ErrorCode.ProtocolError, "no such message type"),
            };
    }

    public readonly FrameRead Fault(string code, string text) => new(default, new FrameFault(_messageId, code, text, _kind));

    private FrameRead Call()
    {
        if (!Next() || Word() is not { Length: > 0 } action)
        {
            return Fault(ErrorCode.FormationViolation, "an action is wanted");
        }

        if (!Next() || !TryPayload(out var payload))
        {
            return Fault(ErrorCode.FormationViolation, "a payload is wanted");
        }

        return Closed(new Frame(FrameKind.Call, _messageId!, action, payload, "", ""));
    }

    private FrameRead Result() =>
        Next() && TryPayload(out var payload)
            ? Closed(new Frame(FrameKind.CallResult, _messageId!, "", payload, "", ""))
            : Fault(ErrorCode.FormationViolation, "a payload is wanted");

    /// <summary>Description and details are often left out, though the standard wants them (OCPP-J 1.6 §4.2.3).</summary>
    private FrameRead Error()
    {
        if (!Next() || Word() is not { } code)
        {
            return Fault(ErrorCode.FormationViolation, "an error code is wanted");
        }

        var description = Next() ? Word() ?? "" : "";
        var details = ReadOnlyMemory<byte>.Empty;
        if (!AtEnd && Next() && !TryPayload(out details))
        {
            reader.Skip();
        }

        return Closed(new Frame(FrameKind.CallError, _messageId!, "", details, code, description));
    }

    /// <summary>The frame, if nothing follows it.</summary>
    private FrameRead Closed(Frame frame)
    {
        if (!AtEnd && Next())
        {
            return Fault(ErrorCode.FormationViolation, "too many elements");
        }

        // A second value, or anything else behind the array, makes this throw.
        reader.Read();
        return new FrameRead(frame, null);
    }

    private bool Next() => reader.Read() && !AtEnd;

    private readonly FrameKind? Kind() => reader.TokenType switch
    {
        JsonTokenType.Number or JsonTokenType.String
            when reader.ValueSpan is [>= (byte)'2' and <= (byte)'4' and var digit] => (FrameKind)(digit - '0'),
        _ => null,
    };

    /// <summary>An opaque text. Some chargers send a number: its digits are the id.</summary>
    private string? MessageId()
    {
        var id = reader.TokenType switch
        {
            JsonTokenType.String => JsonText.Of(ref reader, out _),
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            _ => null,
        };
        return id is null || id.Length > FrameReader.LongestMessageId || ControlCharacters.AreIn(id) ? null : id;
    }

    /// <summary>A text of the envelope, shortened to a sane length; null when the element is none.</summary>
    private string? Word()
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        var word = ControlCharacters.Without(JsonText.Of(ref reader, out _));
        return word.Length > LongestWord ? word[..LongestWord] : word;
    }

    private bool TryPayload(out ReadOnlyMemory<byte> payload)
    {
        payload = EmptyObject;
        if (reader.TokenType == JsonTokenType.Null)
        {
            // OCPP-J 1.6 §4.2.1 leaves both notations to senders without a payload.
            return true;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        payload = json[start..(int)reader.BytesConsumed];
        return true;
    }
}
