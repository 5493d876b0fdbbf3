using EvCharge.Standalone;

if (args is ["--help" or "-h"])
{
    Console.WriteLine(StandaloneOptions.Usage);
    return 0;
}

if (StandaloneOptions.Read(args, out var problem) is not { } options)
{
    await Console.Error.WriteLineAsync($"{problem}\n{StandaloneOptions.Usage}");
    return 2;
}

using var folder = DataFolder.TryOpen(options.DataFolder);
if (folder is null)
{
    await Console.Error.WriteLineAsync($"Another process uses the data folder {options.DataFolder}.");
    return 1;
}

await using var app = await StandaloneHost.Build(options, folder);
await app.StartAsync();
Console.WriteLine($"ready {app.Urls.First()}");
await app.WaitForShutdownAsync();
return 0;
