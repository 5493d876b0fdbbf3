using System.Net;
using System.Net.Sockets;
using EvCharge.Outgoing;
using Microsoft.Extensions.Options;

namespace EvCharge.GrainsTests.Outgoing;

public sealed class OutgoingHttpTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public OutgoingHttpTests() => _listener.Start();

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    [Trait("attack", "request-forgery")]
    [Theory]
    [InlineData("http://127.0.0.1:{port}/")]
    [InlineData("http://localhost:{port}/")]
    [InlineData("https://127.0.0.1:{port}/")]
    [InlineData("https://localhost:{port}/")]
    [InlineData("https://[::ffff:127.0.0.1]:{port}/")]
    [InlineData("https://0x7f.1:{port}/")]
    [InlineData("ftp://127.0.0.1:{port}/")]
    public async Task A_neighbour_is_not_connected_to(string url)
    {
        using var http = new OutgoingHttp(Options.Create(new OutgoingOptions()));
        await Assert.ThrowsAsync<HttpRequestException>(() => Send(http, url));
        Assert.False(_listener.Pending());
    }

    [Fact]
    public async Task What_the_installation_opened_is_connected_to()
    {
        using var opened = new OutgoingHttp(Options.Create(new OutgoingOptions { AllowedNetworks = ["127.0.0.0/8"] }));
        using var beside = new OutgoingHttp(Options.Create(new OutgoingOptions { HttpOnLoopback = true }));
        await Assert.ThrowsAsync<HttpRequestException>(() => Send(opened, "http://127.0.0.1:{port}/"));

        foreach (var (http, url) in new[] { (opened, "https://127.0.0.1:{port}/"), (beside, "http://127.0.0.1:{port}/") })
        {
            var sending = Send(http, url);
            Assert.True(await HangUpUntil(sending) > 0);
            await Assert.ThrowsAsync<HttpRequestException>(() => sending);
        }
    }

    [Fact]
    public async Task Without_TLS_only_this_machine_is_called()
    {
        using var http = new OutgoingHttp(Options.Create(new OutgoingOptions { HttpOnLoopback = true, AllowedNetworks = ["0.0.0.0/0"] }));
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => Send(http, "http://192.0.2.1:{port}/"));
        Assert.Contains("http is not called", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.1.0.0/16", true)]
    [InlineData("::1/128", true)]
    [InlineData("10.1.0.0/33", false)]
    [InlineData("example.com", false)]
    public void Networks_are_checked_at_the_start(string network, bool valid) =>
        Assert.Equal(valid, new OutgoingOptions { AllowedNetworks = [network] }.IsValid());

    public void Dispose() => _listener.Dispose();

    /// <summary>Takes every connection, for a client tries again, and hangs up at once.</summary>
    private async Task<int> HangUpUntil(Task over)
    {
        for (var taken = 0; ; taken++)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var coming = _listener.AcceptTcpClientAsync(stop.Token).AsTask();
            if (await Task.WhenAny(coming, over) == over && !coming.IsCompleted)
            {
                await stop.CancelAsync();
                return taken;
            }

            (await coming).Dispose();
        }
    }

    private async Task<HttpResponseMessage> Send(OutgoingHttp http, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url.Replace("{port}", $"{Port}", StringComparison.Ordinal));
        return await http.Send(request, TestContext.Current.CancellationToken);
    }
}
