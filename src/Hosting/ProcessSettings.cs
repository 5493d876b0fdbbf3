using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace EvCharge.Hosting;

/// <summary>Where every process of the product has its settings from, with rising precedence, and what it does not log.</summary>
public static class ProcessSettings
{
    private const string File = "evcharge.json";

    /// <summary>Libraries that say at Information what an operator need not read.</summary>
    private static readonly string[] Chatty = ["FluentMigrator", "Microsoft", "Orleans", "Polly"];

    /// <summary>Tells at Error, with a stack, of a start that failed; what is known to fail is told in a line, the rest by the runtime.</summary>
    private const string Starter = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <param name="defaultUrl">Where to listen when no setting says it.</param>
    public static WebApplicationBuilder CreateBuilder(CommandLine line, string defaultUrl)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = line.Settings });
        builder.Configuration.AddJsonFile(File, optional: true, reloadOnChange: false);
        builder.Configuration.AddEnvironmentVariables().AddCommandLine(line.Settings);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(defaultUrl);
        }

        foreach (var name in Chatty)
        {
            builder.Logging.AddFilter(name, LogLevel.Warning);
        }

        builder.Logging.AddFilter(Starter, LogLevel.Critical);
        return builder;
    }
}
