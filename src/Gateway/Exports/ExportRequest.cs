using System.ComponentModel;
using EvCharge.Gateway.Api;
using Microsoft.Net.Http.Headers;

namespace EvCharge.Gateway.Exports;

/// <summary>How a caller wants an exported table.</summary>
public readonly record struct ExportRequest(
    [property: Description("Language of the headings: en or fr. Accept-Language decides when it is absent, then en.")] string? Language,
    [property: Description("CSV only: true leads the file with a byte order mark, by which Excel knows UTF-8.")] bool? Bom)
{
    private const string English = "en";
    private const string French = "fr";

    /// <summary>True for headings in French.</summary>
    /// <exception cref="ApiFault">400 for a language that there is not.</exception>
    internal bool InFrench(HttpRequest request) => Language switch
    {
        English => false,
        French => true,
        null => Preferred(request) == French,
        _ => throw ApiFault.BadRequest("language", $"must be {English} or {French}"),
    };

    /// <summary>Of the two the one that the browser likes better; null when it names none.</summary>
    private static string? Preferred(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(accepted => accepted.Quality ?? 1)
        .Where(accepted => accepted.Quality is not 0)
        .Select(Primary)
        .FirstOrDefault(language => language is English or French);

    private static string Primary(StringWithQualityHeaderValue accepted) => accepted.Value.ToString().Split('-')[0].ToLowerInvariant();
}
