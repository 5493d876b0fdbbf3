namespace EvCharge.Outgoing;

/// <summary>Reads what a stranger answers, up to a bound.</summary>
public static class BoundedBody
{
    /// <exception cref="FormatException">The answer has more bytes.</exception>
    public static async Task<ReadOnlyMemory<byte>> Read(HttpResponseMessage answer, int mostBytes, CancellationToken cancelled)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancelled);
        var buffer = new byte[mostBytes + 1];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancelled);
        return read <= mostBytes ? buffer.AsMemory(0, read) : throw new FormatException($"the answer has more than {mostBytes} bytes");
    }
}
