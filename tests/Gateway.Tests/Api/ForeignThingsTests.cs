using EvCharge.Gateway.Security;

namespace EvCharge.GatewayTests.Api;

/// <summary>
/// Every route that names a thing, asked by the administrator of another tenant for things that exist: the answer is that for
/// things that are nowhere. A route whose path names something new fails here until it is said what that is.
/// </summary>
public sealed class ForeignThingsTests(GatewayHost host)
{
    [Trait("attack", "foreign-tenant")]
    [Fact]
    public async Task A_thing_of_another_tenant_is_not_found_and_cannot_be_told_from_one_that_is_nowhere()
    {
        var theirs = await Things.Make(host);
        var foreigner = await host.WithRole(Roles.Administrator, GatewayHost.ForeignTenant);

        await theirs.AssertHiddenFrom(foreigner, Things.RoutesOf(host), host, least: 60);
    }
}
