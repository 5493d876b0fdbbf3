using System.Xml.Linq;

namespace EvCharge.HouseTests.Structure;

/// <summary>Which projects a project may name in its own file.</summary>
internal static class ReferenceRule
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Domain"] = [],
        ["Ocpp"] = [],
        ["Storage"] = [],
        ["Contracts"] = ["Domain"],
        ["History"] = ["Domain", "Storage"],
        ["Outgoing"] = ["Domain"],
        ["Grains"] = ["Contracts", "Domain", "Ocpp", "History", "Outgoing"],
        ["Hosting"] = ["Domain", "History", "Storage"],
        ["Silo"] = ["Grains", "History", "Hosting", "Storage"],
        ["Gateway"] = ["Contracts", "Domain", "Ocpp", "Storage", "History", "Hosting", "Outgoing"],
        ["Standalone"] = ["Silo", "Gateway", "Hosting", "ChargerSimulator"],
        ["ChargerSimulator"] = ["Ocpp"],
    };

    /// <summary>Domain carries the serialization attributes of what crosses silos, and nothing else.</summary>
    private static readonly string[] DomainPackages = ["Microsoft.Orleans.CodeGenerator", "Microsoft.Orleans.Serialization"];

    /// <summary>Rules of charging and the wire depend on no package of their own.</summary>
    private static readonly Dictionary<string, string[]> AllowedPackages = new(StringComparer.Ordinal)
    {
        ["Domain"] = DomainPackages,
        ["Ocpp"] = [],
    };

    public static IEnumerable<Finding> Check(IEnumerable<SourceText> projects) => projects.SelectMany(Check);

    private static IEnumerable<Finding> Check(SourceText project)
    {
        var name = Path.GetFileNameWithoutExtension(project.Name);
        if (!Allowed.TryGetValue(name, out var allowed))
        {
            return [new(project.Path, 1, $"{name} has no place in the house: add it to the reference table")];
        }

        var references = Includes(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)!);
        var refused = references.Except(allowed).Select(other => $"{name} may not reference {other}");
        var packages = AllowedPackages.TryGetValue(name, out var known)
            ? Includes(project, "PackageReference").Except(known).Select(package => $"{name} may not use the package {package}")
            : [];
        var versions = XDocument.Parse(project.Text).Descendants("PackageReference")
            .Where(package => package.Attribute("Version") is not null)
            .Select(package => $"the version of {package.Attribute("Include")?.Value} belongs into Directory.Packages.props");
        return refused.Concat(packages).Concat(versions).Select(says => new Finding(project.Path, 1, says));
    }

    private static IEnumerable<string> Includes(SourceText project, string element) =>
        XDocument.Parse(project.Text).Descendants(element).Select(node => node.Attribute("Include")!.Value.Replace('\\', '/'));
}
