using EvCharge.Hosting;
using EvCharge.Standalone;

if (args is ["--help" or "-h"])
{
    Console.WriteLine(StandaloneOptions.Usage);
    return 0;
}

if (StandaloneOptions.ReadLine(args, out var problem) is not { } line)
{
    await Console.Error.WriteLineAsync($"{problem}\n{StandaloneOptions.Usage}");
    return 2;
}

var builder = ProcessSettings.CreateBuilder(line, StandaloneOptions.DefaultUrl);
if (StandaloneOptions.Read(line, builder.Configuration, out problem) is not { } options)
{
    await Console.Error.WriteLineAsync(problem);
    return 2;
}

if (options.VerifyAudit)
{
    return await AuditVerification.Run(options.Databases.History);
}

using var folder = DataFolder.TryOpen(options.DataFolder);
if (folder is null)
{
    await Console.Error.WriteLineAsync($"Another process uses the data folder {options.DataFolder}.");
    return 1;
}

return await ProcessRun.Run(async stop =>
{
    await using var app = await StandaloneHost.Build(builder, options, folder, stop);
    await app.Serve(stop);
});
