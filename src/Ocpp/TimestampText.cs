using System.Globalization;
using System.Text.RegularExpressions;

namespace EvCharge.Ocpp;

/// <summary>Timestamps as text: RFC 3339 with a zone, and what chargers make of it.</summary>
internal static partial class TimestampText
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzz",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyyMMdd'T'HHmmssK",
        "yyyy-MM-dd",
    ];

    public static string Write(DateTimeOffset moment) =>
        moment.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <param name="oddity">A <see cref="DeviationRule"/>, or null when the text is as it should be.</param>
    public static OcppTimestamp Read(string text, out string? oddity)
    {
        var strict = Rfc3339().IsMatch(text);
        var spelt = strict ? text : Digits8().Replace(text.Trim().ToUpperInvariant().Replace(' ', 'T'), "$1");
        if (!DateTimeOffset.TryParseExact(
            strict ? Digits8().Replace(spelt, "$1") : spelt,
            Formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment))
        {
            oddity = DeviationRule.UnreadableTimestamp;
            return new OcppTimestamp(text, null);
        }

        oddity = strict ? null : Zone().IsMatch(spelt) ? DeviationRule.OddTimestamp : DeviationRule.NoZone;
        return new OcppTimestamp(text, moment, oddity == DeviationRule.NoZone);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$", RegexOptions.ECMAScript)]
    private static partial Regex Rfc3339();

    /// <summary>.NET reads seven digits of a second's fraction; more are cut off.</summary>
    [GeneratedRegex(@"(\.\d{7})\d+", RegexOptions.ECMAScript)]
    private static partial Regex Digits8();

    [GeneratedRegex(@"T.*(Z|[+-]\d\d(:?\d\d)?)$", RegexOptions.ECMAScript)]
    private static partial Regex Zone();
}
