using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using CsCheck;
using EvCharge.GatewayTests.Api;
using EvCharge.GatewayTests.Ocpp;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16;
using EvCharge.OcppTests;

namespace EvCharge.GatewayTests.Fuzz;

/// <summary>
/// Messages of every operation, made odd: each is answered or ends the connection by the rules, none is the server's own fault, and
/// a charger beside is served.
/// </summary>
public sealed class FrameFuzzTests(GatewayHost host, ITestOutputHelper output)
{
    private const int Seed = 20261129;
    private const int MostUnreadable = 8;

    private static readonly int Rounds = Environment.GetEnvironmentVariable("EVCHARGE_LONG_RUN") is null ? 15 : 2_000;

    [Fact]
    public async Task No_message_is_too_odd_to_be_answered_or_to_end_its_connection()
    {
        var random = new Random(Seed);
        var (mutator, pcg) = (new Mutator(random), new PCG(1, Seed));
        var name = host.Name("CP");
        await host.Administrator.Put($"/api/v1/chargers/{name}", new { connectors = 2 });
        var beside = host.Name("CP");
        await host.Administrator.Put($"/api/v1/chargers/{beside}", new { });
        await using var healthy = await WireCharger.Connect(host.Address, beside);
        var (sent, answered, closed) = (0, 0, 0);
        var line = await Line.Open(host, name);
        foreach (var action in Enumerable.Repeat(Actions.Table.All.Where(action => action.Direction != ActionDirection.ToCharger), Rounds).SelectMany(each => each))
        {
            var valid = Encoding.UTF8.GetString(Messages.Write(Messages.Of(action.RequestType).Generate(pcg, null, out _)));
            var id = $"m{sent++}";
            var frame = mutator.Of($"[2,\"{id}\",\"{action.Name}\",{valid}]");
            var answer = await line.Exchange(frame);
            answered += answer is null ? 0 : 1;
            if (answer is { } text)
            {
                Assert.False(text.Contains("InternalError", StringComparison.Ordinal), $"seed {Seed}, {Encoding.UTF8.GetString(frame)}: {text}");
            }

            if (line.IsOver || line.Silent >= MostUnreadable)
            {
                closed++;
                line.Dispose();
                line = await Line.Open(host, name);
            }
        }

        line.Dispose();
        output.WriteLine($"{sent} messages, {answered} answered, {closed} connections used up");
        Assert.True(answered > sent / 2, $"only {answered} of {sent} were answered");
        await healthy.Call("Heartbeat", "{}");
    }

    /// <summary>A connection on which an odd message is followed by a plain one, so that its answer is not waited for in vain.</summary>
    private sealed class Line : IDisposable
    {
        private readonly ClientWebSocket _socket = new();
        private readonly byte[] _buffer = new byte[256 * 1024];
        private int _probes;

        public bool IsOver => _socket.State != WebSocketState.Open;

        /// <summary>Odd messages in a row that were not answered.</summary>
        public int Silent { get; private set; }

        public static async Task<Line> Open(GatewayHost host, string name)
        {
            var line = new Line();
            line._socket.Options.AddSubProtocol("ocpp1.6");
            await line._socket.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws", Path = $"/ocpp/{name}" }.Uri, TestContext.Current.CancellationToken);
            return line;
        }

        /// <returns>The answer; null when there was none before that of the plain message, or before the end.</returns>
        public async Task<string?> Exchange(byte[] frame)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(TimeSpan.FromSeconds(60));
            var probe = $"probe-{_probes++}";
            string? found = null;
            try
            {
                await _socket.SendAsync(frame, WebSocketMessageType.Text, true, patience.Token);
                await _socket.SendAsync(Encoding.UTF8.GetBytes($"[2,\"{probe}\",\"Heartbeat\",{{}}]"), WebSocketMessageType.Text, true, patience.Token);
                while (await Receive(patience.Token) is { } text)
                {
                    if (text.Contains(probe, StringComparison.Ordinal))
                    {
                        break;
                    }

                    found = text.StartsWith("[2,", StringComparison.Ordinal) ? found : text;
                }
            }
            catch (WebSocketException)
            {
                // The connection was ended: that is an answer too.
            }

            Silent = found is null ? Silent + 1 : 0;
            return found;
        }

        public void Dispose() => _socket.Dispose();

        private async Task<string?> Receive(CancellationToken patience)
        {
            var read = await _socket.ReceiveAsync(_buffer, patience);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience);
                return null;
            }

            return Encoding.UTF8.GetString(_buffer, 0, read.Count);
        }
    }
}
