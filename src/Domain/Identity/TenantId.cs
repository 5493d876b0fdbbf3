using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace EvCharge.Domain.Identity;

/// <summary>The operator a thing belongs to. Part of every grain key and every database key.</summary>
[GenerateSerializer, Immutable, Alias("evc.TenantId")]
public readonly partial record struct TenantId([property: Id(0)] string Value)
{
    /// <summary>The tenant of a standalone installation, and of URLs that name none.</summary>
    public static readonly TenantId Default = new("default");

    public static bool TryParse([NotNullWhen(true)] string? text, out TenantId tenant)
    {
        var valid = text is not null && Grammar().IsMatch(text);
        tenant = valid ? new TenantId(text!) : default;
        return valid;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z0-9-]{1,40}\z")]
    private static partial Regex Grammar();
}
