namespace EvCharge.Ocpp.V16.Security;

/// <summary>Asks the charger to upload a log (OCPP 1.6 security whitepaper, GetLog.req).</summary>
/// <param name="LogType">One of <see cref="Security.LogType"/>.</param>
/// <param name="RequestId">Comes back in each <see cref="LogStatusNotificationRequest"/>.</param>
/// <param name="Retries">How often a failed upload is tried again; null leaves it to the charger.</param>
/// <param name="RetryInterval">Seconds between two attempts; null leaves it to the charger.</param>
public sealed record GetLogRequest(
    [OneOf(typeof(LogType))] string LogType,
    int RequestId,
    LogParameters Log,
    [Range(0, int.MaxValue)] int? Retries = null,
    [Range(0, int.MaxValue)] int? RetryInterval = null) : INumberedRequest;

/// <summary>Where a log goes and what of it (OCPP 1.6 security whitepaper, LogParametersType).</summary>
/// <param name="RemoteLocation">URI of the folder to upload into.</param>
public sealed record LogParameters(
    [CiString(512)] string RemoteLocation,
    OcppTimestamp? OldestTimestamp = null,
    OcppTimestamp? LatestTimestamp = null);

/// <param name="Status">One of <see cref="LogStatus"/>.</param>
/// <param name="Filename">Name of the file to come.</param>
public sealed record GetLogResponse(
    [OneOf(typeof(LogStatus))] string Status,
    [CiString(255)] string? Filename = null);

/// <summary>Kinds of log.</summary>
public static class LogType
{
    public const string DiagnosticsLog = "DiagnosticsLog";
    public const string SecurityLog = "SecurityLog";
}

/// <summary>Answers to a request for a log.</summary>
public static class LogStatus
{
    public const string Accepted = "Accepted";
    public const string Rejected = "Rejected";

    /// <summary>Accepted, and an upload that was going on is given up for it.</summary>
    public const string AcceptedCanceled = "AcceptedCanceled";
}
