using EvCharge.Domain.Identity;
using EvCharge.History.Files;

namespace EvCharge.Gateway.Files;

/// <summary>Sends a file. Nothing in it is ever run or shown by a browser in the name of this site.</summary>
internal static class FileContent
{
    public static async Task Write(HttpContext http, TenantId tenant, StoredFile file, FileStore store)
    {
        var response = http.Response;
        response.ContentType = "application/octet-stream";
        response.ContentLength = file.Size;
        response.Headers.ContentDisposition = $"attachment; filename=\"{file.Name}\"";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        await foreach (var piece in store.Content(tenant, file.Id, http.RequestAborted))
        {
            await response.Body.WriteAsync(piece, http.RequestAborted);
        }
    }
}
