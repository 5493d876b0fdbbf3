using System.ComponentModel.DataAnnotations;

namespace EvCharge.Gateway.Files;

/// <summary>Section <c>Files</c>: firmware that chargers fetch and diagnostics that they send.</summary>
public sealed class ChargerFileOptions
{
    public const string Section = "Files";

    /// <summary>
    /// Where chargers reach a gateway by HTTP, <c>https://charge.example</c>. Default: the address that the caller of the API used.
    /// </summary>
    public string? PublicUrl { get; set; }

    /// <summary>The largest file. Default 256 MB.</summary>
    [Range(1, 2_000)]
    public int MaxMegabytes { get; set; } = 256;

    /// <summary>All files of a tenant together. Default 2048 MB.</summary>
    [Range(1, 1_000_000)]
    public int TenantMegabytes { get; set; } = 2_048;

    /// <summary>How long an address given to a charger holds. Default 48 h.</summary>
    [Range(1, 720)]
    public int AddressHours { get; set; } = 48;

    /// <summary>How long a file is kept that a charger sent. Default 90 days.</summary>
    [Range(1, 3_650)]
    public int KeepDays { get; set; } = 90;

    internal long MaxBytes => MaxMegabytes * 1024L * 1024;

    internal long TenantBytes => TenantMegabytes * 1024L * 1024;

    /// <summary>Null is as good as a URL: the caller's address then stands in.</summary>
    internal bool HasUsablePublicUrl => PublicUrl is null
        || (Uri.TryCreate(PublicUrl, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https"));
}
