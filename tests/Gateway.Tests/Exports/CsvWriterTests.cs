using System.IO.Pipelines;
using System.Text;
using EvCharge.Gateway.Exports;

namespace EvCharge.GatewayTests.Exports;

public sealed class CsvWriterTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"so\"", "\"say \"\"so\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("＝1", "'＝1")]
    public async Task Text_is_quoted_where_needed_and_never_a_formula(string text, string written) =>
        Assert.Equal(written + "\r\n", await Written(false, [text]));

    [Fact]
    public async Task Numbers_times_and_flags_are_written_alike_in_every_language() => Assert.Equal(
        "-1.5,9007199254740991,2026-03-01T11:00:00.250Z,true,false,,\r\n",
        await Written(
            false,
            [-1.5, 9007199254740991L, new DateTimeOffset(2026, 3, 1, 12, 0, 0, 250, TimeSpan.FromHours(1)), true, false, (string?)null, double.NaN]));

    [Fact]
    public async Task A_byte_order_mark_comes_once_and_on_demand() =>
        Assert.Equal("\uFEFFé\r\nü\r\n", await Written(true, ["é"], ["ü"]));

    private static async Task<string> Written(bool mark, params Cell[][] rows)
    {
        var pipe = new Pipe();
        var writer = new CsvWriter(pipe.Writer, mark);
        foreach (var row in rows)
        {
            await writer.Write(row, TestContext.Current.CancellationToken);
        }

        await writer.Complete(TestContext.Current.CancellationToken);
        await pipe.Writer.CompleteAsync();
        using var bytes = new MemoryStream();
        await pipe.Reader.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
