using System.IO.Pipelines;
using EvCharge.Gateway.Exports;

namespace EvCharge.GatewayTests.Exports;

public sealed class XlsxWriterTests
{
    [Trait("attack", "formula-injection")]
    [Fact]
    public async Task Cells_keep_their_types_and_text_is_never_a_formula()
    {
        var workbook = await Written(
            1_000,
            ["Text", "Number", "Flag", "Time", "Empty"],
            ["=HYPERLINK(\"x\")", -1.5, true, new DateTimeOffset(2026, 3, 1, 18, 0, 0, TimeSpan.FromHours(6)), (string?)null]);

        var sheet = Assert.Single(ReadSheet.Sheets(workbook));

        Assert.Equal([("inlineStr", "=HYPERLINK(\"x\")"), ("n", "-1.5"), ("b", "1"), ("date", "46082.5"), ("", "")], sheet[1]);
    }

    [Theory]
    [InlineData("a<b>&c", "a<b>&c")]
    [InlineData(" spaces ", " spaces ")]
    [InlineData("\u001b[31m\r\0", "_x001B_[31m_x000D__x0000_")]
    [InlineData("_x001B_", "_x005F_x001B_")]
    [InlineData("snake_case", "snake_case")]
    [InlineData("\ud83d\ude00", "\ud83d\ude00")]
    [InlineData("\uffff", "_xFFFF_")]
    public async Task What_XML_cannot_hold_is_spelled_out(string text, string read) =>
        Assert.Equal(read, ReadSheet.Sheets(await Written(1_000, ["Heading"], [text]))[0][1][0].Text);

    [Fact]
    public async Task Half_a_character_is_replaced() =>
        Assert.Equal("a\ufffdb", ReadSheet.Sheets(await Written(1_000, ["Heading"], [$"a{'\ud83d'}b"]))[0][1][0].Text);

    [Fact]
    public async Task A_table_longer_than_a_sheet_goes_on_in_the_next_under_the_same_heading()
    {
        var workbook = await Written(3, ["Heading"], [1], [2], [3], [4], [5]);

        var sheets = ReadSheet.Sheets(workbook);

        Assert.Equal(
            ["Heading 1 2", "Heading 3 4", "Heading 5"],
            sheets.Select(sheet => string.Join(' ', sheet.Select(row => row[0].Text))));
    }

    private static async Task<byte[]> Written(int mostRows, params Cell[][] rows)
    {
        var output = new MemoryStream();
        var pipe = PipeWriter.Create(output);
        var writer = new XlsxWriter(pipe, mostRows);
        foreach (var row in rows)
        {
            await writer.Write(row, TestContext.Current.CancellationToken);
        }

        await writer.Complete(TestContext.Current.CancellationToken);
        return output.ToArray();
    }
}
