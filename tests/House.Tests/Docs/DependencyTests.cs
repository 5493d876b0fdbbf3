using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace EvCharge.HouseTests.Docs;

/// <summary>Which packages the product is built with, and on what terms: as committed, and no others.</summary>
public sealed class DependencyTests
{
    private const string Committed = "docs/dependencies.md";

    /// <summary>Terms under which the product may be given away.</summary>
    private static readonly string[] Accepted = ["Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT", "PostgreSQL"];

    /// <summary>Packages whose terms are a file of theirs, with what was read there.</summary>
    private static readonly Dictionary<string, string> ReadInFile = new(StringComparer.Ordinal)
    {
        ["Microsoft.Data.SqlClient.SNI.runtime"] = "Microsoft Software License",
        ["Otp.NET"] = "MIT",
    };

    [Fact]
    public void The_list_of_packages_and_their_licences_is_that_of_the_build()
    {
        var now = Markdown(Packages());
        if (File.ReadAllText(Path.Combine(Repository.Root, Committed)) != now)
        {
            File.WriteAllText(Path.Combine(Repository.Root, "artifacts", "dependencies.md"), now);
            Assert.Fail($"The packages have changed. Look at their licences, and then: cp artifacts/dependencies.md {Committed}");
        }
    }

    [Fact]
    public void Every_licence_is_one_under_which_the_product_may_be_given_away() =>
        Assert.All(Packages(), package => Assert.True(
            Accepted.Contains(package.Licence) || ReadInFile.ContainsKey(package.Name), $"{package.Name} {package.Version}: {package.Licence}"));

    private static List<Package> Packages() =>
    [
        .. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"))
            .Select(project => Path.Combine(project, "obj", "project.assets.json"))
            .Where(File.Exists)
            .SelectMany(PackagesOf)
            .Distinct()
            .OrderBy(package => package.Name, StringComparer.Ordinal),
    ];

    private static IEnumerable<Package> PackagesOf(string assets)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(assets));
        var folder = document.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
        foreach (var library in document.RootElement.GetProperty("libraries").EnumerateObject())
        {
            if (library.Value.GetProperty("type").GetString() == "package")
            {
                var (name, version) = (library.Name.Split('/')[0], library.Name.Split('/')[1]);
                yield return new Package(name, version, LicenceOf(name, Path.Combine(folder, library.Value.GetProperty("path").GetString()!)));
            }
        }
    }

    private static string LicenceOf(string name, string folder)
    {
        var licence = XDocument.Load(Directory.EnumerateFiles(folder, "*.nuspec").Single()).Descendants().FirstOrDefault(node => node.Name.LocalName == "license");
        return licence?.Attribute("type")?.Value == "expression" ? licence.Value : ReadInFile.GetValueOrDefault(name, "unknown");
    }

    private static string Markdown(List<Package> packages)
    {
        var text = new StringBuilder(
            "# Packages\n\nWhat the programs are built with from NuGet, those that others bring along included. "
            + "A test compares this list with the build.\n\n| package | version | licence |\n|---|---|---|\n");
        foreach (var package in packages)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {package.Name} | {package.Version} | {package.Licence} |\n");
        }

        return text.ToString();
    }

    private sealed record Package(string Name, string Version, string Licence);
}
