using EvCharge.Gateway.Api;

namespace EvCharge.Gateway.Files;

/// <summary>Names that operators give to files: safe in an address and in a header.</summary>
internal static class FileNames
{
    private const int Longest = 128;

    /// <exception cref="ApiFault">400 for any other name.</exception>
    public static void Check(string name)
    {
        if (name.Length is 0 or > Longest || name[0] == '.' || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_'))
        {
            throw ApiFault.BadRequest("name", $"must be 1 to {Longest} letters, digits or . - _, not beginning with a dot");
        }
    }
}
