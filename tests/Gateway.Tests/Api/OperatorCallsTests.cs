using System.Text;
using EvCharge.Domain.Identity;
using EvCharge.Gateway.Api;
using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Api;

[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class OperatorCallsTests
{
    [Theory]
    [InlineData("RemoteStartTransaction", "{}", true)]
    [InlineData("Reset", """{"type":"Soft"}""", true)]
    [InlineData("Reset", """{"type":"Hard"}""", false)]
    [InlineData("Reset", "{}", false)]
    [InlineData("SetChargingProfile", """{"csChargingProfiles":{"chargingProfilePurpose":"TxProfile"}}""", true)]
    [InlineData("SetChargingProfile", """{"csChargingProfiles":{"chargingProfilePurpose":"ChargePointMaxProfile"}}""", false)]
    [InlineData("SetChargingProfile", """{"csChargingProfiles":7}""", false)]
    [InlineData("ChangeConfiguration", "{}", false)]
    [InlineData("UpdateFirmware", "{}", false)]
    [InlineData("SendLocalList", "{}", false)]
    [InlineData("DataTransfer", "{}", false)]
    [InlineData("clearcache", "{}", false)]
    [InlineData("AnOperationOfTomorrow", "{}", false)]
    public void An_operator_may_send_what_does_not_change_the_charger_for_good(string action, string payload, bool allowed)
    {
        Assert.Equal(allowed, IsAllowed(Roles.Operator, action, payload));
        Assert.True(IsAllowed(Roles.Administrator, action, payload));
    }

    private static bool IsAllowed(string role, string action, string payload)
    {
        var caller = new Caller(TenantId.Default, "somebody", role, PlatformAdministrator: false, "id", IsSession: true);
        var refusal = Record.Exception(() => OperatorCalls.EnsureAllowed(caller, action, Encoding.UTF8.GetBytes(payload)));
        return refusal is null || (refusal is not ApiFault { Status: 403 } ? throw refusal : false);
    }
}
