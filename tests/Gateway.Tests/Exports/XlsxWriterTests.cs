using System.IO.Pipelines;
using EvCharge.Gateway.Exports;

namespace EvCharge.GatewayTests.Exports;

public sealed class XlsxWriterTests
{
    private const long Mebibyte = 1024 * 1024;

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

    [Fact]
    public Task Memory_does_not_grow_with_the_table() => AssertFlat(rows: 50_000, most: 8 * Mebibyte);

    [Fact]
    public Task A_million_rows_need_no_more()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("EVCHARGE_LONG_RUN") is { Length: > 0 }, "EVCHARGE_LONG_RUN is not set.");
        return AssertFlat(rows: 1_100_000, most: 8 * Mebibyte);
    }

    /// <summary>
    /// Other tests of the process take and give memory meanwhile, so the least of what was held in the second half counts: what
    /// grows with the table is in all of them.
    /// </summary>
    private static async Task AssertFlat(int rows, long most)
    {
        var cancel = TestContext.Current.CancellationToken;
        var pipe = new Pipe();
        var reading = Count(pipe.Reader);
        var writer = new XlsxWriter(pipe.Writer);
        Cell[] row = [1, "CP-1", "=1+1", 12.5, true, DateTimeOffset.UnixEpoch, (string?)null, ""];
        await writer.Write(row, cancel);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var held = long.MaxValue;
        for (var number = 0; number < rows; number++)
        {
            row[0] = number;
            row[7] = $"a text of some length that differs {number * 7919L}";
            await writer.Write(row, cancel);
            if (number >= rows / 2 && number % (rows / 20) == 0)
            {
                held = Math.Min(held, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        await writer.Complete(cancel);
        await pipe.Writer.CompleteAsync();
        var written = await reading;
        Assert.True(written > rows * 10L, $"only {written} bytes were written");
        Assert.True(held < most, $"held {held} bytes");
    }

    private static async Task<long> Count(PipeReader reader)
    {
        var count = 0L;
        ReadResult read;
        do
        {
            read = await reader.ReadAsync(TestContext.Current.CancellationToken);
            count += read.Buffer.Length;
            reader.AdvanceTo(read.Buffer.End);
        }
        while (!read.IsCompleted);
        return count;
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
