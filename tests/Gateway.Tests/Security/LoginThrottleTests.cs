using EvCharge.Gateway.Security;
using EvCharge.GatewayTests.Ocpp;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EvCharge.GatewayTests.Security;

[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class LoginThrottleTests : IAsyncDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly LoginThrottle throttle;

    public LoginThrottleTests() =>
        throttle = new LoginThrottle(Options.Create(new SecurityOptions { LoginBurst = 50, LoginsPerMinute = 1 }), time);

    [Fact]
    public void Each_failure_after_the_fifth_doubles_the_wait_up_to_a_minute()
    {
        var waits = new List<double>();
        for (var failure = 1; failure <= 13; failure++)
        {
            throttle.Failed("u", "here");
            waits.Add(throttle.WaitBefore("u", "here")?.TotalSeconds ?? 0);
        }

        Assert.Equal([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60], waits);
    }

    [Fact]
    public void The_wait_ends_with_time_with_success_and_for_everybody_elsewhere_never_begins()
    {
        for (var failure = 0; failure < 6; failure++)
        {
            throttle.Failed("u", "here");
        }

        Assert.NotNull(throttle.WaitBefore("u", "here"));
        Assert.Null(throttle.WaitBefore("u", "there"));
        Assert.Null(throttle.WaitBefore("v", "here"));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(throttle.WaitBefore("u", "here"));
        throttle.Succeeded("u", "here");
        throttle.Failed("u", "here");
        Assert.Null(throttle.WaitBefore("u", "here"));
    }

    [Fact]
    public void An_address_has_a_burst_and_then_must_wait()
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            Assert.Null(throttle.WaitBefore($"user {attempt}", "flood"));
        }

        Assert.NotNull(throttle.WaitBefore("another", "flood"));
        Assert.Null(throttle.WaitBefore("another", "elsewhere"));
    }

    public ValueTask DisposeAsync() => throttle.DisposeAsync();
}
