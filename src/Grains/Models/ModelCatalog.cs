using EvCharge.Domain.Models;

namespace EvCharge.Grains.Models;

/// <summary>The charger models that are known: the files of the product, and those of the operator, which win.</summary>
internal sealed class ModelCatalog
{
    private const int MostFiles = 1_000;
    private const string Shipped = "EvCharge.Models/";

    /// <summary>From general to specific, those of the operator last.</summary>
    private readonly ModelEntry[] _entries;

    private ModelCatalog(IEnumerable<ModelEntry> shipped, IEnumerable<ModelEntry> own) =>
        _entries = [.. shipped.OrderBy(entry => entry.File.Pattern.Specificity), .. own.OrderBy(entry => entry.File.Pattern.Specificity)];

    /// <summary>One file and its name.</summary>
    internal sealed record ModelEntry(string Name, ModelFile File);

    public IReadOnlyList<ModelEntry> Entries => _entries;

    /// <param name="folder">The operator's own; null for none.</param>
    /// <exception cref="ModelFileException">The folder or a file cannot be used.</exception>
    public static ModelCatalog Read(string? folder)
    {
        var own = string.IsNullOrEmpty(folder) ? [] : ReadFolder(folder);
        var shipped = ReadShipped().Where(entry => own.All(other => other.Name != entry.Name)).ToList();
        return new ModelCatalog(Distinct(shipped), Distinct(own));
    }

    /// <summary>What the files say of a charger, from general to specific.</summary>
    public IEnumerable<ProfileLayer> LayersFor(ModelIdentity charger) => _entries
        .Where(entry => entry.File.Pattern.Matches(charger))
        .Select(entry => new ProfileLayer(entry.File, ProfileOrigin.Model, entry.Name));

    private static List<ModelEntry> ReadShipped()
    {
        var assembly = typeof(ModelCatalog).Assembly;
        var entries = new List<ModelEntry>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Shipped, StringComparison.Ordinal)))
        {
            using var content = assembly.GetManifestResourceStream(resource)!;
            var name = resource[Shipped.Length..];
            entries.Add(new ModelEntry(name, ModelFile.Read(name, content)));
        }

        return entries;
    }

    private static List<ModelEntry> ReadFolder(string folder)
    {
        try
        {
            var paths = Directory.GetFiles(folder, "*.json");
            if (paths.Length > MostFiles)
            {
                throw new ModelFileException(folder, "", $"holds more than {MostFiles} files");
            }

            return [.. paths.Order(StringComparer.Ordinal).Select(ReadOwn)];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException(folder, "", $"cannot be read: {refused.Message}", refused);
        }
    }

    private static ModelEntry ReadOwn(string path)
    {
        using var content = File.OpenRead(path);
        var name = Path.GetFileName(path);
        return new ModelEntry(name, ModelFile.Read(name, content));
    }

    /// <summary>Of two files for the same chargers nobody could say which one counts.</summary>
    private static List<ModelEntry> Distinct(List<ModelEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entries.Find(other => other != entry && other.File.Pattern.IsSame(entry.File.Pattern)) is { } same)
            {
                throw new ModelFileException(entry.Name, "vendor", $"model and firmware are those of {same.Name}");
            }
        }

        return entries;
    }
}
