using System.IO.Compression;
using System.Net.WebSockets;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.Ocpp;

/// <summary>Frames that break RFC 6455 or a limit: the close frame says so, and nobody else notices.</summary>
public sealed class FramingTests(GatewayHost host)
{
    private const int Limit = 65_536;

    private readonly Records _records = new(host.Services);

    public static TheoryData<string, byte[]> BrokenFrames => new()
    {
        { "a reserved opcode", RawClient.Frame(0x83, "{}") },
        { "a reserved control opcode", RawClient.Frame(0x8B, "") },
        { "the bit of an extension nobody negotiated", RawClient.Frame(0xC1, "[]") },
        { "a frame without mask", RawClient.Frame(RawClient.FinalText, "[]"u8, masked: false) },
        { "a ping in fragments", RawClient.Frame(0x09, "a") },
        { "a ping that is too long", RawClient.Frame(0x89, new byte[126]) },
        { "a continuation of nothing", RawClient.Frame(RawClient.FinalContinuation, "[]") },
        { "a message inside another", [.. RawClient.Frame(RawClient.OpenText, "["), .. RawClient.Frame(RawClient.FinalText, "[]")] },
    };

    [Trait("attack", "broken-framing")]
    [Theory]
    [MemberData(nameof(BrokenFrames))]
    public async Task A_frame_that_breaks_the_protocol_closes_with_1002(string what, byte[] frame)
    {
        using var client = await NewClient();

        await client.Send(frame);

        Assert.True(await client.Closed() == WebSocketCloseStatus.ProtocolError, what);
    }

    [Trait("attack", "compression-bomb")]
    [Fact]
    public async Task No_compression_is_agreed_to_and_what_is_compressed_all_the_same_is_never_inflated()
    {
        var name = host.Name("CP");
        await host.Administrator.Put($"/api/v1/chargers/{name}", new { });
        using var client = RawClient.Connect(host.Address);
        var answer = await client.Upgrade($"/ocpp/{name}", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n");
        Assert.StartsWith("HTTP/1.1 101 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Sec-WebSocket-Extensions", answer, StringComparison.OrdinalIgnoreCase);
        using var bomb = new MemoryStream();
        await using (var deflate = new DeflateStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await deflate.WriteAsync(new byte[32 * 1024 * 1024], TestContext.Current.CancellationToken);
        }

        Assert.True(bomb.Length < Limit, "the bomb must pass the limit of what is sent");
        await client.Send(RawClient.Frame(0xC1, bomb.ToArray()));

        Assert.Equal(WebSocketCloseStatus.ProtocolError, await client.Closed());
    }

    [Trait("attack", "invalid-utf8")]
    [Fact]
    public async Task Text_that_is_no_UTF8_closes_with_1007()
    {
        using var client = await NewClient();

        await client.Send(RawClient.Frame(RawClient.FinalText, [.. "[2,\"1\",\"Heartbeat\",{\"a\":\""u8, 0xC3, 0x28, .. "\"}]"u8]));

        Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, await client.Closed());
    }

    [Fact]
    public async Task Binary_closes_with_1003()
    {
        using var client = await NewClient();

        await client.Send(RawClient.Frame(0x82, "[]"));

        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, await client.Closed());
    }

    [Trait("attack", "oversize-message")]
    [Theory]
    [InlineData(Limit + 1UL)]
    [InlineData(2UL << 20)]
    [InlineData(1UL << 62)]
    [InlineData(1UL << 63)]
    public async Task A_length_over_the_limit_closes_with_1009_before_any_of_it_is_sent(ulong length)
    {
        using var client = await NewClient();

        await client.Send(RawClient.Header(RawClient.FinalText, length));

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await client.Closed());
    }

    [Fact]
    public async Task A_charger_in_the_midst_of_two_mebibytes_still_hears_1009()
    {
        using var client = await NewClient();

        await client.SendWhileTaken(RawClient.Frame(RawClient.FinalText, new byte[2 << 20]));

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await client.Closed());
    }

    [Fact]
    public async Task Fragments_that_are_too_long_together_close_with_1009()
    {
        using var client = await NewClient();
        var half = new string(' ', Limit / 2);

        await client.Send(RawClient.Frame(RawClient.OpenText, half));
        await client.Send(RawClient.Frame(RawClient.OpenContinuation, half));
        await client.Send(RawClient.Frame(RawClient.FinalContinuation, "[]"));

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await client.Closed());
    }

    [Fact]
    public async Task A_hundred_thousand_fragments_close_with_1009_and_disturb_nobody()
    {
        await using var other = await WireCharger.Connect(host.Address, await _records.NewCharger(host.Name("CP")));
        using var client = await NewClient();
        var fragment = RawClient.Frame(RawClient.OpenContinuation, "");
        byte[] fragments = [.. RawClient.Frame(RawClient.OpenText, "["), .. Enumerable.Repeat(fragment, 100_000).SelectMany(one => one)];

        var flooding = client.SendWhileTaken(fragments);
        await other.Call("Heartbeat", "{}");

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await client.Closed());
        await flooding;
        await other.Call("Heartbeat", "{}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(900)]
    public async Task A_message_of_exactly_the_limit_is_served_in_however_many_fragments(int fragments)
    {
        using var client = await NewClient();
        var call = """[2,"big","Heartbeat",{}]""".PadRight(Limit);
        var size = Limit / fragments;

        for (var fragment = 0; fragment < fragments; fragment++)
        {
            var last = fragment == fragments - 1;
            var opcode = (byte)((fragment == 0 ? 1 : 0) | (last ? 0x80 : 0));
            await client.Send(RawClient.Frame(opcode, last ? call[(fragment * size)..] : call.Substring(fragment * size, size)));
        }

        Assert.Equal("big", (await client.NextMessage())[1].GetString());
    }

    [Fact]
    public async Task Pings_between_fragments_are_answered_and_the_message_is_served()
    {
        using var client = await NewClient();

        await client.Send(RawClient.Frame(RawClient.OpenText, """[2,"split","""));
        await client.Send(RawClient.Frame(0x89, "hello"));
        await client.Send(RawClient.Frame(RawClient.FinalContinuation, "\"Heartbeat\",{}]"));

        Assert.Equal("split", (await client.NextMessage())[1].GetString());
    }

    [Fact]
    public async Task A_charger_that_was_closed_for_a_bad_frame_is_offline_and_may_come_back()
    {
        var name = await _records.NewCharger(host.Name("CP"));
        using (var client = await RawClient.Open(host.Address, name))
        {
            await client.Send(RawClient.Header(RawClient.FinalText, 1UL << 40));
            await client.Closed();
        }

        await _records.AwaitOnline(name, online: false);
        await using var back = await WireCharger.Connect(host.Address, name);
        await _records.AwaitOnline(name);
    }

    private async Task<RawClient> NewClient() => await RawClient.Open(host.Address, await _records.NewCharger(host.Name("CP")));
}
