using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using EvCharge.Micro;

const int mostHeartbeatBytes = 1_024;

var config = ManualConfig.CreateEmpty()
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddLogger(ConsoleLogger.Default)
    .WithOptions(ConfigOptions.DisableLogFile);
var reports = BenchmarkSwitcher.FromAssembly(typeof(GatewayBenchmarks).Assembly)
    .Run(args.Length == 0 ? ["--filter", "*"] : args, config)
    .SelectMany(summary => summary.Reports)
    .ToList();

var text = new StringBuilder("# Micro benchmarks\n\n```sh\ndotnet run -c Release --project bench/Micro\n```\n\n")
    .Append(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, short jobs.\n\n")
    .Append("| benchmark | mean | allocated |\n| --- | --- | --- |\n");
foreach (var report in reports)
{
    text.Append(CultureInfo.InvariantCulture, $"| {Name(report)} | {Time(report)} | {Bytes(report)} B |\n");
}

var heartbeat = reports.Find(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == nameof(GatewayBenchmarks.ServeHeartbeat));
var met = heartbeat is null || Bytes(heartbeat) is > 0 and <= mostHeartbeatBytes;
if (heartbeat is not null)
{
    text.Append(CultureInfo.InvariantCulture, $"\nAn inbound Heartbeat allocates {Bytes(heartbeat)} B in the gateway; floor 1 KB: {(met ? "met" : "MISSED")}.\n");
}

Console.WriteLine(text);
if (args.Length == 0)
{
    var folder = typeof(GatewayBenchmarks).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "ResultsFolder").Value!;
    await File.WriteAllTextAsync(Path.Combine(folder, "micro.md"), text.ToString());
}

return met && reports.Count > 0 && reports.TrueForAll(report => report.Success) ? 0 : 1;

static string Name(BenchmarkReport report)
{
    var parameters = report.BenchmarkCase.Parameters.PrintInfo;
    return report.BenchmarkCase.Descriptor.WorkloadMethod.Name + (parameters.Length > 0 ? $", {parameters}" : "");
}

static string Time(BenchmarkReport report) =>
    report.ResultStatistics is { } times ? (times.Mean / 1_000).ToString("#,0.00 µs", CultureInfo.InvariantCulture) : "failed";

static long Bytes(BenchmarkReport report) => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
