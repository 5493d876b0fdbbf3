using EvCharge.Contracts.Chargers;
using EvCharge.Grains.Chargers.Asserted;
using Orleans.Runtime;

namespace EvCharge.Grains.Chargers;

/// <summary>The grain as the one from whom its charger gets certificates.</summary>
internal sealed partial class ChargerGrain
{
    /// <summary>The charger has its answer by then: some cannot take a call while they wait for one.</summary>
    private static readonly TimeSpan AfterTheAnswer = TimeSpan.FromSeconds(1);

    public async ValueTask<bool> SignCertificate(string request, OcppFrame call)
    {
        var signed = await signer.Sign(Id, _charger is { SecurityProfile: > 0 }, request);
        switch (signed)
        {
            case { Pem: { } certificate }:
                SendLater(certificate);
                return true;
            case { Problem: { } problem }:
                await RecordEvent("certificate-refused", call, $"The charger asked for a certificate that it cannot have: {problem}.");
                return false;
            default:
                await RecordEvent("certificate-requested", call, request);
                return true;
        }
    }

    private void SendLater(string certificate)
    {
        var (action, payload) = Protocols.StateOf(Version).HandOver(certificate);
        IGrainTimer? timer = null;
        timer = this.RegisterGrainTimer(
            async _ =>
            {
                timer?.Dispose();
                await _commands.Submit(new ChargerCall(action, payload, AssertingCommands.Requester));
            },
            new GrainTimerCreationOptions(AfterTheAnswer, Timeout.InfiniteTimeSpan) { Interleave = true });
    }
}
