using System.Text;
using System.Text.Json;

namespace EvCharge.Ocpp;

/// <summary>Text out of a JSON reader, whatever bytes it is made of.</summary>
internal static class JsonText
{
    /// <summary>The text of the string or member name the reader stands on.</summary>
    /// <param name="broken">True when it holds an escape that means no character: the text is then as it stood.</param>
    public static string Of(ref Utf8JsonReader reader, out bool broken)
    {
        broken = false;
        if (!reader.ValueIsEscaped)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }

        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are no UTF-8: the reader has no other way to say so.
            broken = true;
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    /// <summary>The value the reader stands on as it was sent; the reader is left at its end.</summary>
    public static string Raw(ref Utf8JsonReader reader, ReadOnlySpan<byte> source)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return Encoding.UTF8.GetString(source[start..(int)reader.BytesConsumed]);
    }
}
