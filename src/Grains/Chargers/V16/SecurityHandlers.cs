using EvCharge.Ocpp.V16.Security;

namespace EvCharge.Grains.Chargers.V16;

/// <summary>What a charger says in the security extension of OCPP 1.6 (security whitepaper, edition 3).</summary>
internal static class SecurityHandlers
{
    public static HandlerTable AddTo(HandlerTable table) => table
        .On<LogStatusNotificationRequest, LogStatusNotificationResponse>(LogStatusNotification)
        .On<SecurityEventNotificationRequest, SecurityEventNotificationResponse>(SecurityEventNotification)
        .On<SignCertificateRequest, SignCertificateResponse>(SignCertificate)
        .On<SignedFirmwareStatusNotificationRequest, SignedFirmwareStatusNotificationResponse>(SignedFirmwareStatusNotification);

    private static async ValueTask<LogStatusNotificationResponse> LogStatusNotification(
        LogStatusNotificationRequest request, CallContext context)
    {
        context.MustBeAdopted();
        if (request.Status != UploadLogStatus.Idle)
        {
            await context.Shell.Reported(context.Call, "GetLog", request.Status, request.RequestId);
        }

        return new LogStatusNotificationResponse();
    }

    private static async ValueTask<SignedFirmwareStatusNotificationResponse> SignedFirmwareStatusNotification(
        SignedFirmwareStatusNotificationRequest request, CallContext context)
    {
        context.MustBeAdopted();
        if (request.Status != SignedFirmwareStatus.Idle)
        {
            await context.Shell.Reported(context.Call, "SignedUpdateFirmware", request.Status, request.RequestId);
        }

        if (request.Status == SignedFirmwareStatus.InvalidSignature)
        {
            // The file was checked when its signature was stored: on its way, or in the charger, it became another.
            await context.Shell.RecordEvent("firmware-refused", context.Call, "The charger finds that the firmware is not what was signed.");
        }

        return new SignedFirmwareStatusNotificationResponse();
    }

    private static async ValueTask<SecurityEventNotificationResponse> SecurityEventNotification(
        SecurityEventNotificationRequest request, CallContext context)
    {
        context.MustBeAdopted();
        var about = request.TechInfo is null ? request.Type : $"{request.Type}: {request.TechInfo}";
        await context.Shell.RecordEvent("security-event", context.Call, $"{about} (by its clock {request.Timestamp.Raw})", request.Type);
        return new SecurityEventNotificationResponse();
    }

    /// <summary>What nobody here signs is kept for an operator, who answers it with CertificateSigned.</summary>
    private static async ValueTask<SignCertificateResponse> SignCertificate(SignCertificateRequest request, CallContext context)
    {
        context.MustBeAdopted();
        var taken = await context.Shell.SignCertificate(request.Csr, context.Call);
        return new SignCertificateResponse(taken ? GenericStatus.Accepted : GenericStatus.Rejected);
    }
}
