using System.Text;
using EvCharge.Ocpp;

namespace EvCharge.OcppTests;

public sealed class FrameWriterTests
{
    [Fact]
    public void A_call_has_four_elements() =>
        Assert.Equal("""[2,"17","Reset",{"type":"Soft"}]""", Text(FrameWriter.Call("17", "Reset", """{"type":"Soft"}"""u8)));

    [Fact]
    public void A_result_has_three_elements() =>
        Assert.Equal("""[3,"17",{}]""", Text(FrameWriter.CallResult("17", "{}"u8)));

    [Fact]
    public void An_error_has_five_elements() =>
        Assert.Equal(
            """[4,"17","NotImplemented","",{}]""",
            Text(FrameWriter.CallError("17", ErrorCode.NotImplemented, "")));

    [Fact]
    public void Text_is_escaped_as_JSON_wants_it() =>
        Assert.Equal(
            """[4,"a\"b","GenericError","line\nend é",{}]""",
            Text(FrameWriter.CallError("a\"b", ErrorCode.GenericError, "line\nend é")));

    [Fact]
    public void A_description_is_cut_to_255_characters_and_never_within_one()
    {
        Assert.Equal(255, Description(new string('x', 300)).Length);
        Assert.Equal(new string('x', 254), Description(new string('x', 254) + "🔌" + "tail"));
    }

    private static string Description(string text) =>
        FrameReader.Read(FrameWriter.CallError("1", ErrorCode.GenericError, text)).Frame.ErrorDescription;

    private static string Text(byte[] frame) => Encoding.UTF8.GetString(frame);
}
