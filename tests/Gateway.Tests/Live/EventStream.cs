using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace EvCharge.GatewayTests.Live;

/// <summary>A client of the live stream that reads frame by frame.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false, AutomaticDecompression = DecompressionMethods.None });
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HttpResponseMessage _answer;
    private readonly SseParser<JsonElement> _parser;
    private readonly IAsyncEnumerator<SseItem<JsonElement>> _items;

    private EventStream(HttpResponseMessage answer, Stream body)
    {
        _answer = answer;
        _parser = SseParser.Create(body, (_, data) => JsonSerializer.Deserialize<JsonElement>(data));
        _items = _parser.EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
    }

    /// <summary>Of the last frame.</summary>
    public string LastEventId => _parser.LastEventId;

    public HttpResponseMessage Answer => _answer;

    public static async Task<EventStream> Open(Uri gateway, string token, string topics, string? last = null, string? encoding = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway, $"/api/v1/live?topics={Uri.EscapeDataString(topics)}"));
        request.Headers.Add("Authorization", $"Bearer {token}");
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        if (encoding is not null)
        {
            request.Headers.Add("Accept-Encoding", encoding);
        }

        var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        return new EventStream(answer, encoding switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        });
    }

    /// <summary>The next frame; null at the end of the stream.</summary>
    public async Task<JsonElement?> Next() =>
        await _items.MoveNextAsync().AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken) ? _items.Current.Data : null;

    /// <summary>Reads on until a frame fits.</summary>
    public async Task<JsonElement> Until(Func<JsonElement, bool> fits)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience && await Next() is { } frame)
        {
            if (fits(frame))
            {
                return frame;
            }
        }

        throw new TimeoutException("The frame that was waited for never came.");
    }

    /// <summary>The cells of a row in the next frame that tells of it.</summary>
    /// <param name="index">Of the row, by the keys of the topic.</param>
    public async Task<JsonElement[]> Change(int index, Func<JsonElement[], bool> fits)
    {
        JsonElement[] found = [];
        await Until(frame =>
        {
            if (frame.GetProperty("changes") is not { ValueKind: JsonValueKind.Array } changes)
            {
                return false;
            }

            var rows = changes.EnumerateArray().Select(change => change.EnumerateArray().ToArray());
            found = rows.FirstOrDefault(row => row[0].GetInt32() == index && fits(row[1..])) is { } row ? row[1..] : [];
            return found.Length > 0;
        });
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        _answer.Dispose();
        try
        {
            await _items.DisposeAsync();
        }
        catch (NotSupportedException)
        {
            // It is still reading: that ends with the answer.
        }
    }
}
