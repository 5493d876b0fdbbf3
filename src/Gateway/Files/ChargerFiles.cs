using System.Net.Http.Headers;
using EvCharge.Domain.Identity;
using EvCharge.History.Audit;
using EvCharge.History.Files;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace EvCharge.Gateway.Files;

/// <summary>
/// Where chargers fetch and send files by HTTP. The address is the right; whoever has none gets 404, whatever else is wrong.
/// </summary>
internal static class ChargerFiles
{
    private const int MaxName = 128;
    private const int MaxBoundary = 70;
    private const string Pattern = "/files/{tenant}/{secret}/{**name}";

    public static void MapChargerFiles(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Pattern, Fetch).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapMethods(Pattern, [HttpMethods.Put, HttpMethods.Post], Send).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task Fetch(string tenant, string secret, HttpContext http, FileAddress addresses, FileStore store)
    {
        if (await addresses.Read(tenant, secret) is not { FileId: { } id } grant || await store.Find(SiteScope.All(grant.Charger.Tenant), id) is not { } file)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await FileContent.Write(http, grant.Charger.Tenant, file, store);
    }

    private static async Task Send(
        string tenant, string secret, string? name, HttpContext http, FileAddress addresses, FileIntake intake, EventLog events, TimeProvider time)
    {
        if (await addresses.Read(tenant, secret) is not { FileId: null } grant)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var room = await intake.Room(grant.Charger.Tenant);
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = room + MaxName + 4_096;
        var (content, sentName) = await Content(http.Request);
        var file = new StoredFile(
            0, FileKind.Upload, Plain(sentName ?? name), 0, "", time.GetUtcNow(), grant.Charger.Name, grant.Charger.Name, grant.CommandId);
        var taken = content is null ? null : await intake.Take(grant.Charger.Tenant, file, content, room, http.RequestAborted);
        http.Response.StatusCode = content is null ? StatusCodes.Status400BadRequest
            : taken is null ? StatusCodes.Status413PayloadTooLarge
            : StatusCodes.Status201Created;
        events.Record(
            grant.Charger.Tenant, taken is null ? "upload-refused" : "upload-received", grant.Charger.Name,
            taken is null ? $"A file that the charger sent was not taken: {http.Response.StatusCode}." : $"File {taken.Id}, {taken.Name}, {taken.Size} bytes.");
    }

    /// <summary>The file in the body, or in the first part of a form, with the name that the form gives it.</summary>
    private static async Task<(Stream? Content, string? Name)> Content(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) != true)
        {
            return (request.Body, null);
        }

        var boundary = type.Parameters.FirstOrDefault(parameter => parameter.Name == "boundary")?.Value?.Trim('"');
        if (boundary is not { Length: > 0 and <= MaxBoundary })
        {
            return (null, null);
        }

        var section = await new MultipartReader(boundary, request.Body).ReadNextSectionAsync(request.HttpContext.RequestAborted);
        return (section?.Body, section?.AsFileSection()?.FileName);
    }

    /// <summary>A name that is safe to show and to save under: the last part of a path, of plain characters.</summary>
    private static string Plain(string? name)
    {
        var last = name?.Split('/', '\\')[^1] ?? "";
        var plain = new string([.. last.Where(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_').Take(MaxName)]).TrimStart('.');
        return plain.Length == 0 ? "file" : plain;
    }
}
