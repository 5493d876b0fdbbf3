using System.Text.Json;

namespace EvCharge.Gateway.Api;

/// <summary>Members of enumerations as the API spells them.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>The member with that name; null for null.</summary>
    /// <exception cref="ApiFault">400 for a word that there is not.</exception>
    public static T? Read<T>(string field, string? word)
        where T : struct, Enum
    {
        if (word is null)
        {
            return null;
        }

        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value) == word)
            {
                return value;
            }
        }

        throw ApiFault.BadRequest(field, $"must be one of {string.Join(", ", Enum.GetValues<T>().Select(Of))}");
    }
}
