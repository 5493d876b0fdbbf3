using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using EvCharge.Micro;

var config = ManualConfig.CreateEmpty()
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddLogger(ConsoleLogger.Default)
    .WithOptions(ConfigOptions.DisableLogFile);
var results = new Results([.. BenchmarkSwitcher.FromAssembly(typeof(GatewayBenchmarks).Assembly)
    .Run(args.Length == 0 ? ["--filter", "*"] : args, config)
    .SelectMany(summary => summary.Reports)]);
Console.WriteLine(results.Markdown());
if (args.Length == 0)
{
    await results.Keep();
}

return results.AllMet ? 0 : 1;
