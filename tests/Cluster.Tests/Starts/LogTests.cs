using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;

namespace EvCharge.ClusterTests.Starts;

/// <summary>What a process prints while chargers try to write into its log.</summary>
[Collection(ProcessTests.Name)]
public sealed partial class LogTests
{
    private const string Harm = "\r\n2026-01-01T00:00:00.000Z info forged: all is well \u001b[2J\u202e";

    [Trait("attack", "log-injection")]
    [Fact]
    public async Task A_charger_makes_up_no_line_and_no_colour()
    {
        await using var product = await Installation.StartAsync(InstallationKind.Standalone, "logs", "--Logging:LogLevel:EvCharge=Trace");
        using var api = await product.LoginAsync();
        await api.PutAsync("chargers/CP1", new { });
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("ocpp1.6");
        await socket.ConnectAsync(new Uri($"{product.Ocpp}/CP1"), TestContext.Current.CancellationToken);
        var text = System.Text.Json.JsonSerializer.Serialize(Harm);
        string[] frames =
        [
            $$"""[2,"1","BootNotification",{"chargePointVendor":{{text}},"chargePointModel":{{text}}}]""",
            $$"""[2,{{text}},"Authorize",{"idTag":{{text}}}]""",
            $"""[2,"3",{text},""" + "{}]",
            $"""[3,{text},""" + "{}]",
            $"""[4,"x",{text},{text},""" + "{}]",
            $"{Harm} is no message",
        ];
        foreach (var frame in frames)
            await socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        await product.Gateways[0].SaysAsync("to no call of ours");
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "by \u202e", TestContext.Current.CancellationToken);

        var output = product.Gateways[0].Output;
        Assert.DoesNotContain('\u001b', output);
        Assert.DoesNotContain('\u202e', output);
        Assert.All(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(Line(), line));
        Assert.DoesNotContain("\n2026-01-01T00:00:00.000Z", output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (trace|debug|info|warn|error|critical) [\w.]+: |    |ready http)")]
    private static partial Regex Line();
}
