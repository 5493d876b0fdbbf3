using System.Text.Json;
using System.Text.Json.Serialization;
using EvCharge.Domain.ChargingProfiles;

namespace EvCharge.History.ChargingProfiles;

/// <summary>Profiles as the tables keep them: JSON without the members nobody set.</summary>
internal static class ProfileText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write(ProfileContent profile) => JsonSerializer.Serialize(profile, Options);

    public static ProfileContent Read(string text) =>
        JsonSerializer.Deserialize<ProfileContent>(text, Options) ?? throw new JsonException("A profile on record is null.");
}
