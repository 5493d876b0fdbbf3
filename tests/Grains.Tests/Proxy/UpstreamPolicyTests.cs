using EvCharge.Domain.Proxy;
using EvCharge.Grains.Proxy;
using EvCharge.Ocpp;

namespace EvCharge.GrainsTests.Proxy;

public sealed class UpstreamPolicyTests
{
    public static TheoryData<string> Commands => [.. ActionTable.For(OcppVersion.V16).All
        .Where(action => action.Direction != ActionDirection.FromCharger).Select(action => action.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Each_command_is_relayed_or_refused_with_an_answer_that_the_standard_knows(string command)
    {
        var action = ActionTable.For(OcppVersion.V16).Find(command)!;
        foreach (var role in new[] { ProxyRole.Observer, ProxyRole.Authority })
        {
            var deviations = new DeviationList();
            if (UpstreamPolicy.Relays(role, command))
            {
                continue;
            }

            if (UpstreamPolicy.Refusal(role, command) is { } refusal)
            {
                action.ReadResponse(refusal, deviations);
                Assert.Empty(deviations);
            }
            else
            {
                Assert.Equal("UpdateFirmware", command); // its answer has no word for no
            }
        }

        Assert.Null(UpstreamPolicy.Refusal(ProxyRole.ReadOnly, command));
        Assert.False(UpstreamPolicy.Relays(ProxyRole.ReadOnly, command));
    }

    [Fact]
    public void An_authority_may_more_than_an_observer_and_nobody_changes_anything()
    {
        Assert.Equal(["GetConfiguration", "TriggerMessage"], Relayed(ProxyRole.Observer));
        Assert.Equal(
            ["GetConfiguration", "RemoteStartTransaction", "RemoteStopTransaction", "TriggerMessage", "UnlockConnector"], Relayed(ProxyRole.Authority));
        Assert.False(UpstreamPolicy.Relays(ProxyRole.Authority, "NoSuchThing"));
    }

    private static IEnumerable<string> Relayed(ProxyRole role) =>
        Commands.Select(row => row.Data).Where(command => UpstreamPolicy.Relays(role, command)).Order(StringComparer.Ordinal);
}
