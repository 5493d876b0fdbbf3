using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace EvCharge.Gateway.Page;

/// <summary>The page at <c>/</c>: files of this assembly. They hold no data; what they show comes through the API.</summary>
internal static class PageFiles
{
    private static readonly string[] Scripts = ["page.js", "board.js", "symbols.js", "words.js"];

    public static void MapPage(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapFile("/", "index.html", "text/html; charset=utf-8");
        endpoints.MapFile("/icon.svg", "icon.svg", "image/svg+xml");
        endpoints.MapFile("/page.css", "page.css", "text/css; charset=utf-8");
        foreach (var script in Scripts)
        {
            endpoints.MapFile("/" + script, script, "text/javascript; charset=utf-8");
        }
    }

    private static void MapFile(this IEndpointRouteBuilder endpoints, string path, string file, string contentType)
    {
        var content = Read(file);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"");
        endpoints.MapGet(path, () => TypedResults.Bytes(content, contentType, entityTag: tag))
            .AllowAnonymous().ExcludeFromDescription();
    }

    private static byte[] Read(string file)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream($"EvCharge.Gateway.Page.{file}")
            ?? throw new InvalidOperationException($"The assembly lacks {file}.");
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}
