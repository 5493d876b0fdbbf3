namespace EvCharge.Hosting;

/// <summary>
/// <c>--probe URL</c>: asks a process for its health and ends, for images that have neither a shell nor another program to ask with.
/// </summary>
public static class HealthProbe
{
    public const string Switch = "--probe";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <returns>
    /// 0 when the address answers with 2xx; 1, with what it said in a line on standard error, when it does not or cannot be reached; 2 when it
    /// is no address.
    /// </returns>
    public static async Task<int> Run(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            await Console.Error.WriteLineAsync($"{Switch}: '{address}' is no URL of http or https.");
            return 2;
        }

        try
        {
            using var http = new HttpClient { Timeout = Patience };
            using var answer = await http.GetAsync(url);
            if (answer.IsSuccessStatusCode)
            {
                return 0;
            }

            await Console.Error.WriteLineAsync($"{(int)answer.StatusCode} {LineFormatter.Escaped(await answer.Content.ReadAsStringAsync())}");
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"{Switch}: {unreachable.Message}");
        }

        return 1;
    }
}
