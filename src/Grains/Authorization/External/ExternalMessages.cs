using System.Globalization;
using System.Text;
using System.Text.Json;
using EvCharge.Domain.Authorization;
using EvCharge.History.Authorization;

namespace EvCharge.Grains.Authorization.External;

/// <summary>What is asked of a site's endpoint and what it answers, as JSON; docs/authorization.md shows both.</summary>
internal static class ExternalMessages
{
    public const int MaxAnswerBytes = 16 * 1024;
    private const int MaxParent = 255;

    public static byte[] Question(AuthorizationRequest request)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("requestId", request.Id.ToString(CultureInfo.InvariantCulture));
            json.WriteString("tenant", request.Charger.Tenant.Value);
            json.WriteString("site", request.Site);
            json.WriteString("charger", request.Charger.Name);
            if (request.Connector is { } connector)
            {
                json.WriteNumber("connector", connector);
            }

            json.WriteString("idTag", request.IdTag.Value);
            json.WriteString("cause", request.Cause);
            json.WriteString("tagStatus", request.TagStatus);
            json.WriteString("askedAt", request.AskedAt.UtcDateTime);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <exception cref="FormatException">It is no answer; the message says why.</exception>
    public static TagDecision Answer(ReadOnlyMemory<byte> body, string? vehicle)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            var answer = document.RootElement;
            return answer.ValueKind == JsonValueKind.Object
                ? new TagDecision(Status(answer), Expiry(answer), Parent(answer), vehicle)
                : throw new FormatException("the answer is no JSON object");
        }
        catch (JsonException)
        {
            throw new FormatException("the answer is no JSON");
        }
    }

    private static string Status(JsonElement answer) =>
        Text(answer, "status") is { } status && AuthorizationStatus.All.Contains(status)
            ? status
            : throw new FormatException($"status is none of {string.Join(", ", AuthorizationStatus.All)}");

    private static DateTimeOffset? Expiry(JsonElement answer) => Text(answer, "expiry") switch
    {
        null => null,
        var text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiry) => expiry.ToUniversalTime(),
        _ => throw new FormatException("expiry is no time"),
    };

    private static string? Parent(JsonElement answer) => Text(answer, "parent") switch
    {
        null or "" => null,
        var parent when parent.Length <= MaxParent && Ascii.IsValid(parent) && !parent.Any(char.IsControl) => parent,
        _ => throw new FormatException("parent is no printable text of at most 255 characters"),
    };

    private static string? Text(JsonElement answer, string name) => answer.TryGetProperty(name, out var member) switch
    {
        false => null,
        true when member.ValueKind is JsonValueKind.Null => null,
        true when member.ValueKind is JsonValueKind.String => member.GetString(),
        _ => throw new FormatException($"{name} is no text"),
    };
}
