using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace EvCharge.Hosting;

/// <summary>Where every process of the product has its settings from, with rising precedence, and what it does not log.</summary>
public static class ProcessSettings
{
    private const string File = "evcharge.json";
    private const string ServiceName = "EvCharge";

    /// <summary>How events are printed: <c>line</c> by default, <c>json</c> for what reads them from the output.</summary>
    private const string FormatterKey = "Logging:Console:FormatterName";

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

        builder.Services.TryAddSingleton(TimeProvider.System);

        // What a supervisor wants to hear; where there is none, nothing. Before the console, whose form systemd would choose.
        builder.Services.AddSystemd();
        builder.Services.AddWindowsService(service => service.ServiceName = ServiceName);
        builder.Logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        builder.Logging.AddConsoleFormatter<JsonFormatter, ConsoleFormatterOptions>();
        builder.Services.AddOptions<ConsoleLoggerOptions>().Configure<IConfiguration>(
            (console, configuration) => console.FormatterName = configuration[FormatterKey] switch
            {
                null => LineFormatter.FormatterName,
                ConsoleFormatterNames.Json => JsonFormatter.FormatterName,
                var other => other,
            });
        builder.AddExport();
        foreach (var name in Chatty)
        {
            builder.Logging.AddFilter(name, LogLevel.Warning);
        }

        builder.Logging.AddFilter(Starter, LogLevel.Critical);
        return builder;
    }
}
