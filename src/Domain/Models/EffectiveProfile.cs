namespace EvCharge.Domain.Models;

/// <summary>What holds for one charger, and where each member of it comes from.</summary>
/// <param name="Origins">One for each member that is not null.</param>
public sealed record EffectiveProfile(ModelProfile Values, ImmutableArray<MemberOrigin> Origins)
{
    /// <summary>The value of a member that has an origin.</summary>
    public object ValueOf(string member) =>
        ProfileMember.All.Single(each => each.Name == member).Read(Values) ?? throw new ArgumentException("It has no value.", nameof(member));

    /// <param name="layers">From general to specific: of each member the last word counts.</param>
    public static EffectiveProfile Of(IEnumerable<ProfileLayer> layers)
    {
        var values = new ModelProfile();
        var origins = new Dictionary<string, MemberOrigin>();
        foreach (var layer in layers)
        {
            foreach (var member in ProfileMember.All.Where(member => member.Read(layer.Values) is not null))
            {
                values = member.TakeOver(values, layer.Values);
                origins[member.Name] = new MemberOrigin(member.Name, layer.Origin, layer.File);
            }
        }

        return new EffectiveProfile(
            values, [.. ProfileMember.All.Where(member => origins.ContainsKey(member.Name)).Select(member => origins[member.Name])]);
    }
}

/// <param name="Origin">One of <see cref="ProfileOrigin"/>.</param>
/// <param name="File">Of a model's file.</param>
public sealed record ProfileLayer(ModelProfile Values, string Origin, string? File = null);

/// <param name="Member">As in a model's file, <c>settle.milliseconds</c>.</param>
/// <param name="Origin">One of <see cref="ProfileOrigin"/>.</param>
/// <param name="File">The model's file.</param>
public sealed record MemberOrigin(string Member, string Origin, string? File);

public static class ProfileOrigin
{
    public const string Default = "default";

    /// <summary>The charger took it, and may have refused others.</summary>
    public const string Learned = "learned";

    public const string Model = "model";
    public const string Setting = "setting";
}
