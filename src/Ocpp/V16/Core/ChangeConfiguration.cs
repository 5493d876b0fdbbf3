namespace EvCharge.Ocpp.V16.Core;

/// <summary>Sets a configuration key of the charger (OCPP 1.6 §6.9).</summary>
public sealed record ChangeConfigurationRequest(
    [CiString(50)] string Key,
    [CiString(500)] string Value);

/// <param name="Status">One of <see cref="ConfigurationStatus"/>.</param>
public sealed record ChangeConfigurationResponse([OneOf(typeof(ConfigurationStatus))] string Status);

/// <summary>Answers to a change of configuration (OCPP 1.6 §7.22).</summary>
public static class ConfigurationStatus
{
    public const string Accepted = "Accepted";
    public const string Rejected = "Rejected";
    public const string RebootRequired = "RebootRequired";
    public const string NotSupported = "NotSupported";
}
