using System.Text.Json;
using EvCharge.Gateway.Audit;
using EvCharge.History.Audit;

namespace EvCharge.Gateway.Api;

/// <summary>The body of a call: passed on as it came, once it is known to be a JSON object of sane depth.</summary>
internal static class CallPayload
{
    private static readonly JsonDocumentOptions Options = 
        new() { MaxDepth = ApiRegistration.MaxJsonDepth, AllowDuplicateProperties = false };
    private static readonly byte[] Empty = "{}"u8.ToArray();

    private static byte[] Said(byte[] payload)
    {
        AuditScope.Current?.Say(AuditedBody.Of(payload));
        return payload;
    }

    /// <exception cref="ApiFault">400 for what is not JSON, 422 for JSON that is no object.</exception>
    public static async Task<byte[]> Read(HttpRequest request)
    {
        var cancelled = request.HttpContext.RequestAborted;
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancelled);
        if (buffer.Length == 0)
        {
            return Empty;
        }

        var payload = buffer.ToArray();
        try
        {
            using var document = JsonDocument.Parse(payload, Options);
            return document.RootElement.ValueKind != JsonValueKind.Object ? throw ApiFault.Invalid("", "must be a JSON object")
                : JsonText.IsReadable(payload) ? Said(payload)
                : throw ApiFault.Invalid("", "must hold no half of a surrogate pair");
        }
        catch (JsonException notJson)
        {
            throw JsonFault.Malformed(notJson);
        }
    }
}
