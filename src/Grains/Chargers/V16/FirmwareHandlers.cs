using EvCharge.Ocpp.V16.FirmwareManagement;

namespace EvCharge.Grains.Chargers.V16;

/// <summary>How uploads and updates go, in the profile Firmware Management of OCPP 1.6 (§4.4, §4.5).</summary>
internal static class FirmwareHandlers
{
    public static HandlerTable AddTo(HandlerTable table) => table
        .On<DiagnosticsStatusNotificationRequest, DiagnosticsStatusNotificationResponse>(DiagnosticsStatusNotification)
        .On<FirmwareStatusNotificationRequest, FirmwareStatusNotificationResponse>(FirmwareStatusNotification);

    private static async ValueTask<DiagnosticsStatusNotificationResponse> DiagnosticsStatusNotification(
        DiagnosticsStatusNotificationRequest request, CallContext context)
    {
        context.MustBeAdopted();
        if (request.Status != DiagnosticsStatus.Idle)
        {
            await context.Shell.Reported(context.Call, "GetDiagnostics", request.Status);
        }

        return new DiagnosticsStatusNotificationResponse();
    }

    private static async ValueTask<FirmwareStatusNotificationResponse> FirmwareStatusNotification(
        FirmwareStatusNotificationRequest request, CallContext context)
    {
        context.MustBeAdopted();
        if (request.Status != FirmwareStatus.Idle)
        {
            await context.Shell.Reported(context.Call, "UpdateFirmware", request.Status);
        }

        return new FirmwareStatusNotificationResponse();
    }
}
