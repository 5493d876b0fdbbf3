namespace EvCharge.Gateway.Security;

/// <summary>
/// The guard against requests that a page of another site makes a browser send with our cookie. Methods that change
/// nothing are free; for others the browser's own word counts (Sec-Fetch-Site, else Origin), and silence is a refusal.
/// </summary>
internal static class SameOrigin
{
    public static bool Holds(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return true;
        }

        // Browsers leave Sec-Fetch-Site out on plain http to other hosts than localhost; Origin is always there.
        return request.Headers.TryGetValue("Sec-Fetch-Site", out var site)
            ? site == "same-origin"
            : request.Headers.Origin == $"{request.Scheme}://{request.Host}";
    }
}
