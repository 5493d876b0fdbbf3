using System.Text.Json;
using System.Text.Json.Serialization;
using EvCharge.Domain.Models;

namespace EvCharge.Grains.Models;

/// <summary>A charger model's file as it is written: for which chargers it holds, what holds for them, and who says so.</summary>
internal sealed record ModelFile : ModelProfile
{
    private const int LongestFile = 65_536;

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    public string? Vendor { get; init; }

    public string? Model { get; init; }

    public string? Firmware { get; init; }

    /// <summary>Where what the file says was read: addresses of public pages.</summary>
    public IReadOnlyList<string> Source { get; init; } = [];

    /// <summary>For people.</summary>
    public string? Note { get; init; }

    public ModelPattern Pattern => new(Vendor, Model, Firmware);

    /// <exception cref="ModelFileException">It is no such file, or says something that makes no sense.</exception>
    public static ModelFile Read(string name, Stream content)
    {
        if (content.Length > LongestFile)
        {
            throw new ModelFileException(name, "", $"is longer than {LongestFile} bytes");
        }

        try
        {
            var file = JsonSerializer.Deserialize<ModelFile>(content, Format) ?? throw new ModelFileException(name, "", "is empty");
            return ModelFileCheck.Wrong(file) is var (member, text) ? throw new ModelFileException(name, member, text) : file;
        }
        catch (JsonException wrong)
        {
            // What the reader did not know has its name in the message only, which begins with a sentence about it.
            var member = wrong.Path is { Length: > 2 } path ? path[2..] : "";
            throw new ModelFileException(name, member, $"cannot be read: {wrong.Message}", wrong);
        }
    }
}
