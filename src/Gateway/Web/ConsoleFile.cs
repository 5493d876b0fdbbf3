using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace EvCharge.Gateway.Web;

/// <summary>A file of the console with what it was compressed to when it was built.</summary>
internal sealed class ConsoleFile
{
    /// <summary>A name with a hash of its content in it never means another content.</summary>
    private const string Forever = "public, max-age=31536000, immutable";

    private readonly byte[] _content;
    private readonly byte[]? _brotli;
    private readonly byte[]? _gzip;
    private readonly string _type;
    private readonly string _caching;
    private readonly EntityTagHeaderValue _tag;

    private ConsoleFile(string file, string type, bool hashed)
    {
        _content = File.ReadAllBytes(file);
        _brotli = Compressed(file + ".br");
        _gzip = Compressed(file + ".gz");
        _type = type;
        _caching = hashed ? Forever : "no-cache";
        _tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(_content))[..16]}\"");
    }

    /// <summary>Null for a kind of file that the console has none of.</summary>
    public static ConsoleFile? Read(string file, bool hashed) => Path.GetExtension(file) switch
    {
        ".js" => new ConsoleFile(file, "text/javascript; charset=utf-8", hashed),
        ".css" => new ConsoleFile(file, "text/css; charset=utf-8", hashed),
        ".svg" => new ConsoleFile(file, "image/svg+xml", hashed),
        ".png" => new ConsoleFile(file, "image/png", hashed),
        _ => null,
    };

    public FileContentHttpResult Answer(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = _caching;
        headers.Vary = "Accept-Encoding";
        var taken = http.Request.Headers.AcceptEncoding.ToString();
        var (content, encoding) = _brotli is not null && taken.Contains("br", StringComparison.OrdinalIgnoreCase) ? (_brotli, "br")
            : _gzip is not null && taken.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? (_gzip, "gzip")
            : (_content, null);
        if (encoding is not null)
        {
            headers.ContentEncoding = encoding;
        }

        return TypedResults.Bytes(content, _type, entityTag: _tag);
    }

    private static byte[]? Compressed(string file) => File.Exists(file) ? File.ReadAllBytes(file) : null;
}
