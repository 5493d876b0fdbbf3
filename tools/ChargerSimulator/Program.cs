using EvCharge.ChargerSimulator.CommandLine;
using EvCharge.ChargerSimulator.Fleets;
using EvCharge.ChargerSimulator.Ledgers;
using Microsoft.Extensions.Logging;

const int badArguments = 2;
var parsed = new SimulatorCommand().Root(RunAsync).Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        await Console.Error.WriteLineAsync(error.Message);
    await Console.Error.WriteLineAsync("See --help.");
    return badArguments;
}

return await parsed.InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(15) });

static async Task<int> RunAsync(FleetOptions options, FileInfo? ledgerFile, bool verbose, CancellationToken stop)
{
    using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(format => format.SingleLine = true)
        .SetMinimumLevel(verbose ? LogLevel.Information : LogLevel.Warning));
    await using var file = ledgerFile?.Create();
    var ledger = file is null ? null : new Ledger();
    var fleet = new Fleet(options with { Ledger = ledger }, loggers);
    await Console.Out.WriteLineAsync($"{options.Count} chargers to {options.Url}, seed {options.Seed}");
    await fleet.RunAsync(stop);
    if (file is not null)
        await ledger!.WriteAsync(file, CancellationToken.None);
    return 0;
}
