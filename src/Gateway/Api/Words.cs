using System.Text.Json;

namespace EvCharge.Gateway.Api;

/// <summary>Members of enumerations as the API spells them.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
