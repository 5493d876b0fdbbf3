using System.IO.Pipelines;
using EvCharge.Gateway.Exports;

namespace EvCharge.GatewayTests.Exports;

[Collection(MeasuredTests.Name)]
public sealed class XlsxMemoryTests
{
    private const long Mebibyte = 1024 * 1024;

    [Fact]
    public Task Memory_does_not_grow_with_the_table() => AssertFlat(rows: 50_000, most: 8 * Mebibyte);

    [Fact]
    public Task A_million_rows_need_no_more()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("EVCHARGE_LONG_RUN") is { Length: > 0 }, "EVCHARGE_LONG_RUN is not set.");
        return AssertFlat(rows: 1_100_000, most: 8 * Mebibyte);
    }

    /// <summary>
    /// What runs beside the tests takes and gives memory meanwhile, so the least of what was held in the second half counts: what
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
}
