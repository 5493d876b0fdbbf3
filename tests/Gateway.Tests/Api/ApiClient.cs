using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace EvCharge.GatewayTests.Api;

/// <summary>What the API answered.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, string Text, HttpResponseMessage Message)
{
    public JsonElement Body => JsonSerializer.Deserialize<JsonElement>(Text);

    public string? ETag => Message.Headers.ETag?.ToString();

    public string Code => Body.GetProperty("code").GetString()!;

    /// <summary>The members that the answer names as being at fault.</summary>
    public IReadOnlyList<string> Fields => [.. Body.GetProperty("errors").EnumerateObject().Select(error => error.Name)];

    public ApiAnswer Expect(HttpStatusCode status)
    {
        Assert.True(Status == status, $"expected {(int)status}, got {(int)Status}: {Text}");
        return this;
    }

    /// <summary>A refusal that names this member.</summary>
    public void ExpectField(HttpStatusCode status, string field)
    {
        Expect(status);
        Assert.Contains(field, Fields);
        Assert.Equal("application/problem+json", Message.Content.Headers.ContentType?.MediaType);
    }
}

/// <summary>Talks to a gateway as a program would, over real HTTP.</summary>
public sealed class ApiClient(Uri address, params IReadOnlyList<(string Name, string Value)> headers)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    public Uri Address => address;

    public ApiClient With(string name, string value) => new(address, [.. headers, (name, value)]);

    public Task<ApiAnswer> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<ApiAnswer> Put(string path, object body) => Send(HttpMethod.Put, path, JsonContent.Create(body));

    public Task<ApiAnswer> Post(string path, object body) => Send(HttpMethod.Post, path, JsonContent.Create(body));

    public Task<ApiAnswer> Delete(string path) => Send(HttpMethod.Delete, path, null);

    public Task<ApiAnswer> SendText(HttpMethod method, string path, string text, string mediaType = "application/json") =>
        Send(method, path, new StringContent(text, Encoding.UTF8, mediaType));

    public Task<ApiAnswer> SendBytes(HttpMethod method, string path, byte[] bytes) => Send(method, path, new ByteArrayContent(bytes));

    public async Task<ApiAnswer> Send(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var message = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        if (message.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            message.Dispose(); // it has no end that could be waited for
            return new ApiAnswer(message.StatusCode, "", message);
        }

        return new ApiAnswer(message.StatusCode, await message.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), message);
    }
}
