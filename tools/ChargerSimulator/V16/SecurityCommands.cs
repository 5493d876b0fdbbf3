using EvCharge.Ocpp.V16.Security;

namespace EvCharge.ChargerSimulator.V16;

/// <summary>Answers the commands of the security extension (security whitepaper for OCPP 1.6, edition 3).</summary>
internal sealed class SecurityCommands(ChargePoint charger)
{
    public CommandReply Install(InstallCertificateRequest request) =>
        CommandReply.Of(new InstallCertificateResponse(charger.Certificates.Install(request)));

    public CommandReply List(GetInstalledCertificateIdsRequest request) => CommandReply.Of(charger.Certificates.List(request));

    public CommandReply Delete(DeleteCertificateRequest request) =>
        CommandReply.Of(new DeleteCertificateResponse(charger.Certificates.Delete(request)));

    /// <summary>The charger's certificate is there; one that is connected with the one before comes back with it.</summary>
    public CommandReply Signed(CertificateSignedRequest request) => charger.Certificates.Take(request.CertificateChain)
        ? CommandReply.Of(
            new CertificateSignedResponse(CertificateSignedStatus.Accepted), charger.Settings.SecurityProfile == 3 ? charger.RebootAsync : null)
        : CommandReply.Of(
            new CertificateSignedResponse(CertificateSignedStatus.Rejected), () => charger.Says.TellSecurityAsync("InvalidChargePointCertificate"));

    public CommandReply AskForCertificate() => CommandReply.Of(
        new ExtendedTriggerMessageResponse(ExtendedTriggerMessageStatus.Accepted), charger.Says.RequestCertificateAsync);
}
