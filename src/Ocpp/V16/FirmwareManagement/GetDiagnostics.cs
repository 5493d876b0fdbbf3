namespace EvCharge.Ocpp.V16.FirmwareManagement;

/// <summary>Asks the charger to upload its diagnostics (OCPP 1.6 §6.25).</summary>
/// <param name="Location">URI of the folder to upload into.</param>
/// <param name="Retries">How often a failed upload is tried again; null leaves it to the charger.</param>
/// <param name="RetryInterval">Seconds between two attempts; null leaves it to the charger.</param>
/// <param name="StartTime">Nothing older is wanted.</param>
/// <param name="StopTime">Nothing newer is wanted.</param>
public sealed record GetDiagnosticsRequest(
    [AbsoluteUri] string Location,
    [Range(0, int.MaxValue)] int? Retries = null,
    [Range(0, int.MaxValue)] int? RetryInterval = null,
    OcppTimestamp? StartTime = null,
    OcppTimestamp? StopTime = null);

/// <param name="FileName">Name of the file to come; null when there is nothing to upload.</param>
public sealed record GetDiagnosticsResponse([CiString(255)] string? FileName = null);
