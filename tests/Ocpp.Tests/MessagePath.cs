using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using EvCharge.Ocpp;

namespace EvCharge.OcppTests;

/// <summary>
/// Values of a message by path: <c>meterValue[0].sampledValue[1].unit</c>. A list has a <c>count</c>, a timestamp is its
/// moment as it would go out and has a <c>raw</c>; numbers are decimals.
/// </summary>
internal static partial class MessagePath
{
    public static object? Value(object? message, string path)
    {
        foreach (Match step in Steps().Matches(path))
        {
            message = step.Groups["item"].Success
                ? ((IList)message!)[int.Parse(step.Groups["item"].Value, CultureInfo.InvariantCulture)]
                : Member(message!, step.Groups["member"].Value);
        }

        return message switch
        {
            OcppTimestamp timestamp => timestamp.Value is { } moment ? OcppTimestamp.At(moment).Raw : null,
            int or long or double => Convert.ToDecimal(message, CultureInfo.InvariantCulture),
            _ => message,
        };
    }

    private static object? Member(object owner, string name)
    {
        var property = owner.GetType().GetProperty(name, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance);
        Assert.NotNull(property);
        return property.GetValue(owner);
    }

    [GeneratedRegex(@"(?<member>\w+)|\[(?<item>\d+)\]")]
    private static partial Regex Steps();
}
