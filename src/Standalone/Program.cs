using EvCharge.Hosting;
using EvCharge.Standalone;

if (await Errands.Run(args, StandaloneOptions.Usage) is { } code)
{
    return code;
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

if (StandaloneHost.RunOnce(options) is { } once)
{
    return await once;
}

using var folder = DataFolder.TryOpen(options.DataFolder);
if (folder is null)
{
    await Console.Error.WriteLineAsync(DataFolder.Taken(options.DataFolder));
    return 1;
}

return await ProcessRun.Run(async stop =>
{
    await using var app = await StandaloneHost.Build(builder, options, folder, stop);
    await app.Serve(stop);
});
