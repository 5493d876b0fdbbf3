using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Security;

[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class UserNameTests
{
    [Theory]
    [InlineData("anna", "default", "anna")]
    [InlineData("acme/anna@example.org", "acme", "anna@example.org")]
    public void A_login_names_a_user_perhaps_of_a_tenant(string login, string tenant, string user)
    {
        Assert.True(UserName.TryParseLogin(login, out var parsedTenant, out var parsedUser));
        Assert.Equal(tenant, parsedTenant.Value);
        Assert.Equal(user, parsedUser);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/anna")]
    [InlineData("acme/")]
    [InlineData("ACME/anna")]
    [InlineData("a/b/c")]
    [InlineData("anna\u001b[2J")]
    public void Other_text_names_nobody(string? login) => Assert.False(UserName.TryParseLogin(login, out _, out _));
}
