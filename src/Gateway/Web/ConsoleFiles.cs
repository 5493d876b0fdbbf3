using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EvCharge.Gateway.Web;

/// <summary>
/// The console: files beside the program, read once. They hold no data; what they show comes through the API. Its addresses all
/// begin with <c>/t/</c> and answer with the same page, which finds out by itself what to show.
/// </summary>
internal static class ConsoleFiles
{
    private const string Folder = "console";
    private const string Assets = "/assets/";
    private const string NoncePlace = "name=\"csp-nonce\" content=\"\"";
    private const int NonceBytes = 16;

    public static void MapConsole(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapConsole(Path.Combine(AppContext.BaseDirectory, Folder));

    internal static void MapConsole(this IEndpointRouteBuilder endpoints, string folder)
    {
        var index = Path.Combine(folder, "index.html");
        if (!File.Exists(index))
        {
            var missing = Missing();
            endpoints.MapConsolePath("/", _ => TypedResults.Text(missing, "text/html; charset=utf-8", statusCode: StatusCodes.Status503ServiceUnavailable));
            return;
        }

        var page = File.ReadAllText(index);
        endpoints.MapConsolePath("/", http => Page(http, page));
        endpoints.MapConsolePath("/t/{tenant}/{**view}", http => Page(http, page));
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var path = "/" + Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
            if (ConsoleFile.Read(file, path.StartsWith(Assets, StringComparison.Ordinal)) is { } served)
            {
                endpoints.MapConsolePath(path, served.Answer);
            }
        }
    }

    private static void MapConsolePath(this IEndpointRouteBuilder endpoints, string path, Func<HttpContext, IResult> answer) =>
        endpoints.MapGet(path, answer).AllowAnonymous().ExcludeFromDescription();

    /// <summary>Style sheets that scripts make count only with the word of this one answer; scripts only as files.</summary>
    private static ContentHttpResult Page(HttpContext http, string page)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes));
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'self'; style-src 'self' 'nonce-{nonce}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(
            page.Replace(NoncePlace, $"name=\"csp-nonce\" content=\"{nonce}\"", StringComparison.Ordinal), "text/html", Encoding.UTF8);
    }

    private static string Missing()
    {
        using var stream = typeof(ConsoleFiles).Assembly.GetManifestResourceStream("EvCharge.Gateway.Web.missing.html")
            ?? throw new InvalidOperationException("The assembly lacks the page that says what is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
