namespace EvCharge.Gateway.Api;

/// <summary>
/// What stands around every endpoint: the boundary for exceptions, problem details for answers that routing makes, and
/// headers that tell browsers what not to do. Charging stations get none of it.
/// </summary>
public sealed class ApiPipeline : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseExceptionHandler(_ => { });
        app.UseWhen(http => !http.Request.Path.StartsWithSegments("/ocpp"), api =>
        {
            api.Use(Harden);
            api.UseResponseCompression();
            api.UseStatusCodePages(pages => ApiFault.OfStatus(pages.HttpContext.Response.StatusCode).Write(pages.HttpContext));
        });
        next(app);
    };

    private static Task Harden(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
        if (http.Request.Path.StartsWithSegments("/api"))
        {
            headers.CacheControl = "no-store";
        }

        return next(http);
    }
}
