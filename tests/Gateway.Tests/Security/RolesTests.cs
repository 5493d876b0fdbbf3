using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Ocpp;

namespace EvCharge.GatewayTests.Security;

[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class RolesTests
{
    [Fact]
    public void Each_role_holds_what_the_one_before_it_holds_and_more()
    {
        var sets = Roles.All.Select(Roles.PermissionsOf).ToArray();

        Assert.True(sets[0].IsProperSubsetOf(sets[1]));
        Assert.True(sets[1].IsProperSubsetOf(sets[2]));
    }

    [Fact]
    public void An_administrator_holds_every_permission_there_is()
    {
        var all = typeof(Permission).GetFields().Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(all.Except(Roles.Platform).Order(), Roles.PermissionsOf(Roles.Administrator).Order());
    }

    [Fact]
    public void A_role_that_is_none_holds_nothing() => Assert.Empty(Roles.PermissionsOf("root"));
}
