using System.Runtime.InteropServices;
using System.Text;
using CsCheck;
using EvCharge.Ocpp;

namespace EvCharge.OcppTests;

public sealed class FrameReaderTests
{
    private static readonly string[] Seeds =
    [
        """[2,"19","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Available"}]""",
        """[3,"20",{"currentTime":"2024-01-01T00:00:00.000Z"}]""",
        """[4,"21","GenericError","no \u00e9nergie",{"a":[1,2,{"b":null}]}]""",
        """ [ 2 , "22" , "DataTransfer" , { "vendorId" : "x" , "data" : "\"quoted\" \\ text" } ] """,
    ];

    [Fact]
    public void A_payload_is_a_slice_of_the_bytes_it_was_read_from()
    {
        var bytes = """[2,"19","Authorize", {"idTag":"A"} ]"""u8.ToArray();

        var payload = FrameReader.Read(bytes).Frame.Payload;

        Assert.True(MemoryMarshal.TryGetArray(payload, out var slice));
        Assert.Same(bytes, slice.Array);
        Assert.Equal("""{"idTag":"A"}""", Encoding.UTF8.GetString(payload.Span));
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. """[2,"19","Heartbeat",{}]"""u8];

        Assert.Equal("Heartbeat", FrameReader.Read(bytes).Frame.Action);
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_become_replacement_characters()
    {
        byte[] bytes = [.. "[2,\"1"u8, 0xFF, .. "\",\"Heartbeat\",{}]"u8];

        Assert.Equal("1�", FrameReader.Read(bytes).Frame.MessageId);
    }

    [Fact]
    public void Reading_allocates_the_message_id_and_the_action_only()
    {
        var padding = new string(' ', 4000);
        var bytes = Encoding.UTF8.GetBytes($$"""[2,"{{Guid.Empty}}","MeterValues",{"meterValue":[{{padding}}]}]""");
        FrameReader.Read(bytes);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = FrameReader.Read(bytes);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Null(read.Fault);
        Assert.InRange(allocated, 1, 200);
    }

    [Fact]
    public void Any_bytes_give_a_frame_or_a_fault() => Gen.Byte.Array[0, 400].Sample(AssertFrameOrFault, iter: 20_000);

    [Fact]
    public void Any_JSON_like_text_gives_a_frame_or_a_fault() =>
        Gen.OneOf(
                "[", "]", "{", "}", ",", ":", "\"", "\\u", "d83d", "2", "3", "4", "-1", "1e999", "null", "true", "a", " ", "\0", "é")
            .Array[0, 40]
            .Select(parts => Encoding.UTF8.GetBytes("[2,\"x\"," + string.Concat(parts)))
            .Sample(AssertFrameOrFault, iter: 20_000);

    [Fact]
    public void Frames_cut_short_or_changed_in_a_byte_give_a_frame_or_a_fault() =>
        Gen.Select(Gen.OneOf(Seeds), Gen.Int[0, 1000], Gen.Byte, Gen.Bool).Sample(
            (seed, at, value, cut) =>
            {
                var bytes = Encoding.UTF8.GetBytes(seed);
                at %= bytes.Length;
                bytes[at] = value;
                AssertFrameOrFault(cut ? bytes[..at] : bytes);
            },
            iter: 20_000);

    [Fact]
    public void Whatever_is_written_is_read_back()
    {
        var texts = Gen.String[Gen.OneOf(Gen.Char.AlphaNumeric, Gen.OneOf('"', '\\', '/', '\n', 'é', '中', '<')), 1, 36];
        Gen.Select(texts, texts).Sample((messageId, action) =>
        {
            // A line end in an id is a control character, which no id may hold.
            messageId = messageId.Replace('\n', '-');
            var call = FrameReader.Read(FrameWriter.Call(messageId, action, "{\"a\":1}"u8));
            Assert.Equal(messageId, call.Frame.MessageId);
            Assert.Equal(action, call.Frame.Action);
            Assert.Equal("{\"a\":1}", Text(call.Frame));

            var result = FrameReader.Read(FrameWriter.CallResult(messageId, "{}"u8));
            Assert.Equal(FrameKind.CallResult, result.Frame.Kind);
            Assert.Equal(messageId, result.Frame.MessageId);
            Assert.Equal("{}", Text(result.Frame));

            var error = FrameReader.Read(FrameWriter.CallError(messageId, ErrorCode.GenericError, action));
            Assert.Equal(FrameKind.CallError, error.Frame.Kind);
            Assert.Equal(messageId, error.Frame.MessageId);
            Assert.Equal(action, error.Frame.ErrorDescription);
        });
    }

    private static string Text(Frame frame) => Encoding.UTF8.GetString(frame.Payload.Span);

    private static void AssertFrameOrFault(byte[] bytes)
    {
        var (frame, fault) = FrameReader.Read(bytes);
        if (fault is null)
        {
            Assert.True(Enum.IsDefined(frame.Kind));
            Assert.NotNull(frame.MessageId);
            Assert.Equal(frame.Kind == FrameKind.Call, frame.Action.Length > 0);
        }
        else
        {
            Assert.NotEmpty(fault.Text);
            Assert.True(!fault.Answerable || fault.MessageId is not null);
        }
    }
}
