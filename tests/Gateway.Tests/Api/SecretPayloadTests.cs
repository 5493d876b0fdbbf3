using System.Text;
using EvCharge.Gateway.Api;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Api;

[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class SecretPayloadTests
{
    [Theory]
    [InlineData("ChangeConfiguration", """{"key":"AuthorizationKey","value":"secret"}""", """{"key":"AuthorizationKey","value":"***"}""")]
    [InlineData("ChangeConfiguration", """{"key":"authorizationkey","value":"secret"}""", """{"key":"authorizationkey","value":"***"}""")]
    [InlineData("ChangeConfiguration", """{"key":"HeartbeatInterval","value":"300"}""", """{"key":"HeartbeatInterval","value":"300"}""")]
    [InlineData("DataTransfer", """{"key":"AuthorizationKey","value":"x"}""", """{"key":"AuthorizationKey","value":"x"}""")]
    public void The_key_of_a_charger_is_masked_and_nothing_else_is(string action, string payload, string shown) =>
        Assert.Equal(shown, SecretPayload.Masked(action, Encoding.UTF8.GetBytes(payload))?.GetRawText());

    [Fact]
    public void No_payload_is_shown_as_none() => Assert.Null(SecretPayload.Masked("ClearCache", default));
}
